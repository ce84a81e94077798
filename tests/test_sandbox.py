"""What a worker may use, how it ends, and what is said of it: real processes, really killed."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from workbench import Kept, has_ended

from kata import forkserver, processor, wire
from kata import sandbox as sandbox_module
from kata.grading import same_answer
from kata.judge import judge
from kata.proxy import Bench, Search, Submission, set_up
from kata.rejection import Raised, Rejected, SubmissionUnusable, TimeUp
from kata.sandbox import CROWDED_REQUESTS, Sandbox, Worker, _Clock, _Looking
from kata.verdict import Verdict


def echoed(bench: Bench, value: object = 1) -> object:
    """What the submission's echo returns."""
    return Submission(bench).echo(value)


def test_plain_data_come_back_as_they_went(bench: Kept) -> None:
    kept = bench("def echo(value): return value")
    value = {"a": [1, 2.5, None, True, "text", b"bytes"], "b": (np.float32(1.5), np.arange(6))}
    same_answer(value, echoed(kept, value), name="value", because="")


def test_the_learners_module_is_not_imported_here(bench: Kept) -> None:
    kept = bench("import os\ndef echo(value): return os.getpid()")
    assert echoed(kept) != os.getpid()
    assert "echo" not in sys.modules


def test_an_object_stays_in_the_worker_and_its_proxy_acts_for_it(bench: Kept) -> None:
    kept = bench(
        """
        class Counter:
            def __init__(self, start): self.count = start
            def add(self, n): self.count += n; return self
        """
    )
    counter = Submission(kept).Counter(5)
    assert counter.add(2) == counter
    assert counter.count == 7
    counter.count = 1
    assert counter.add(1).count == 2
    assert Submission(kept).Counter(5) != counter


@pytest.mark.parametrize("base", ["dict", "list", "tuple", "str", "float", "np.ndarray"])
def test_a_model_may_be_a_value_of_a_kind_that_could_be_carried(bench: Kept, base: str) -> None:
    shape = "(2,)" if base == "np.ndarray" else ""
    kept = bench(
        f"""
        import numpy as np
        class Model({base}):
            def __new__(cls): return super().__new__(cls{", " + shape if shape else ""})
            def fit(self, n): self.n = n; return self
            def __reduce__(self): raise TypeError
        """
    )
    model = Submission(kept).Model()
    assert model.fit(3) == model
    assert model.n == 3


def test_an_object_nobody_holds_any_more_is_dropped(bench: Kept) -> None:
    kept = bench(
        """
        alive = []
        class Thing:
            def __init__(self): alive.append(1)
            def __del__(self): alive.pop()
        def count(): return len(alive)
        """
    )
    submission = Submission(kept)
    for _ in range(5):
        submission.Thing()
    assert submission.count() == 0
    held = submission.Thing()
    assert submission.count() == 1
    assert held is not None


def test_an_object_of_an_earlier_worker_that_goes_late_takes_no_other_with_it(
    bench: Kept,
) -> None:
    kept = bench(
        """
        class Thing:
            def name(self):
                return "thing"
        """
    )
    earlier = Submission(kept).Thing()  # as a failure of the property before may hold it
    kept.start_property(10.0)
    thing = Submission(kept).Thing()
    del earlier
    assert Submission(kept).Thing().name() == "thing"
    assert thing.name() == "thing"


ENDINGS = {
    "an exception": ("raise KeyError('k')", Verdict.RUNTIME_ERROR, "echo raised KeyError: 'k'."),
    "an exception whose text cannot be had": (
        "class E(Exception):\n        def __str__(self): raise ValueError\n    raise E",
        Verdict.RUNTIME_ERROR,
        "echo raised E.",
    ),
    "sys.exit": (
        "import sys; sys.exit(3)",
        Verdict.RUNTIME_ERROR,
        "echo called sys.exit(3).",
    ),
    "os._exit": (
        "import os; os._exit(0)",
        Verdict.RUNTIME_ERROR,
        "echo ended the whole Python process with exit status 0.",
    ),
    "a signal": (
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        Verdict.RUNTIME_ERROR,
        "echo crashed the Python process: segmentation fault.",
    ),
    "a crash in C": (
        "import faulthandler; faulthandler._sigsegv()",
        Verdict.RUNTIME_ERROR,
        "echo crashed the Python process: segmentation fault.",
    ),
    "endless recursion": (
        "return echo(value)",
        Verdict.RUNTIME_ERROR,
        "echo raised RecursionError",
    ),
    "an allocation of 64 GiB": (
        "import numpy; return numpy.ones(2**33)",
        Verdict.MEMORY_LIMIT_EXCEEDED,
        "echo wanted more than the 0.25 GiB of memory",
    ),
    "memory in small pieces": (
        "return [bytearray(2**20) for _ in range(10**6)]",
        Verdict.MEMORY_LIMIT_EXCEEDED,
        "echo wanted more than the 0.25 GiB of memory",
    ),
    "40 MB of prints": (
        "[print('x' * 10**6) for _ in range(40)]",
        Verdict.RUNTIME_ERROR,
        "echo printed more than 1 MiB.",
    ),
    "40 MB of prints with the error caught": (
        "try: [print('x' * 10**6) for _ in range(40)]\n    except OSError: pass",
        Verdict.RUNTIME_ERROR,
        "echo printed more than 1 MiB.",
    ),
    "an answer that is too large": (
        "import numpy; return numpy.ones(2**22)",
        Verdict.RUNTIME_ERROR,
        "echo sent no proper answer: a frame larger than allowed.",
    ),
    "an answer that contains itself": (
        "a = []; a.append(a); return a",
        Verdict.WRONG_ANSWER,
        "echo returned something that cannot be compared",
    ),
    "a frame of its own making": (
        "import os\n    for n in range(3, 99):\n"
        "        try: os.write(n, b'KWF1' + bytes(12))\n        except OSError: pass",
        Verdict.RUNTIME_ERROR,
        "echo sent no proper answer",
    ),
}


@pytest.mark.parametrize(("body", "verdict", "message"), ENDINGS.values(), ids=ENDINGS)
def test_each_way_to_fail_has_its_verdict_and_says_what_happened(
    bench: Kept, body: str, verdict: Verdict, message: str
) -> None:
    kept = bench(f"def echo(value):\n    {body}\n\ndef well():\n    return 1\n")
    with pytest.raises(Rejected) as caught:
        echoed(kept)
    assert caught.value.verdict is verdict
    assert caught.value.failure.message.startswith(message)
    # And the property goes on, with a new worker where there must be one.
    assert Submission(kept).well() == 1


def test_the_text_of_an_exception_can_be_written_down_and_no_terminal_obeys_it(bench: Kept) -> None:
    kept = bench('def echo(value):\n    raise ValueError("\\x1b[2Jno\\ud800\\n\\té")\n')
    with pytest.raises(Rejected) as caught:
        echoed(kept)
    assert caught.value.failure.message == "echo raised ValueError: \ufffd[2Jno\ufffd\n\té."


def test_what_classes_are_called_can_be_written_down_and_is_short(bench: Kept) -> None:
    kept = bench(
        """
        class A: pass
        A.__module__ = chr(0xdc80) + chr(27)
        def echo(value): return A()
        def fail(): raise type("E" * 5_000_000, (Exception,), {})()
        """
    )
    answer = echoed(kept)
    assert isinstance(answer, wire.Opaque)
    assert answer.type_name == "\ufffd\ufffd.A"
    with pytest.raises(Rejected) as caught:
        Submission(kept).fail()
    assert len(caught.value.failure.message) < 3_000


HANGS = {
    "a loop in Python": "while True: pass",
    "a loop that eats every exception": (
        "while True:\n        try:\n            while 1: pass\n        except BaseException: pass"
    ),
    "one long call in C": "import numpy; numpy.linalg.eigvals(numpy.random.rand(1200, 1200))",
    "sleep": "import time; time.sleep(3600)",
    "a lock that is taken twice": "import threading as t; k = t.Lock(); k.acquire(); k.acquire()",
    "a stopped process": "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
}


@pytest.mark.parametrize("body", HANGS.values(), ids=HANGS)
def test_what_does_not_end_is_ended_at_the_limit(bench: Kept, body: str) -> None:
    kept = bench(f"def echo(value):\n    {body}\n\ndef well():\n    return 1\n")
    kept.call_seconds = 0.3
    with pytest.raises(TimeUp) as caught:
        echoed(kept)
    assert caught.value.failure.message == "echo had not come back after 0.3 s."
    kept.call_seconds = 2.0
    assert Submission(kept).well() == 1


def test_memory_that_fills_slowly_is_the_verdict_and_not_the_time_it_takes(bench: Kept) -> None:
    kept = bench(
        "import time\nblocks = []\n\ndef echo(value):\n    while True:\n"
        "        blocks.append(b'x' * (8 << 20))\n        time.sleep(0.02)\n"
    )
    kept.call_seconds = 0.4  # the limit of 256 MiB takes about 0.7 s, a quarter of it 0.2 s
    with pytest.raises(Rejected) as caught:
        echoed(kept)
    assert caught.value.verdict is Verdict.MEMORY_LIMIT_EXCEEDED


def test_memory_that_is_kept_from_call_to_call_is_the_verdict_where_no_call_has_room(
    bench: Kept,
) -> None:
    kept = bench("kept = []\n\ndef echo(value):\n    kept.append(value)\n    return 0\n")
    value = "x" * (4 << 20)

    def fill() -> None:
        for _ in range(100):
            Submission(kept).echo(value)

    with pytest.raises(Rejected) as caught:
        fill()
    assert caught.value.verdict is Verdict.MEMORY_LIMIT_EXCEEDED
    assert "echo" in caught.value.failure.message
    assert "0.25 GiB of memory it may use" in caught.value.failure.message


@pytest.mark.parametrize(
    "then", ["while True: pass", "time.sleep(1.4); return value", "time.sleep(1.4); raise KeyError"]
)
def test_much_memory_does_not_buy_a_call_more_time(bench: Kept, then: str) -> None:
    kept = bench(f"import time\ndef echo(value):\n    block = b'x' * (100 << 20)\n    {then}\n")
    kept.call_seconds = 0.4
    with pytest.raises(TimeUp) as caught:
        echoed(kept)
    assert caught.value.failure.message == "echo had not come back after 0.4 s."


def test_threads_of_its_own_do_not_buy_a_call_more_time(
    bench: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = bench(
        """
        import hashlib, threading
        block = bytes(1 << 20)
        def burn():
            while True: hashlib.sha256(block).digest()
        def echo(value):
            threading.stack_size(1 << 18)
            for _ in range(100): threading.Thread(target=burn, daemon=True).start()
            burn()
        """
    )
    kept.call_seconds = 0.3
    spent = []
    end = Worker._end

    def ended(worker: Worker, grace: float, *, trace: bool = False) -> int:
        spent.append(worker.processor_seconds())
        return end(worker, grace, trace=trace)

    monkeypatch.setattr(Worker, "_end", ended)
    with pytest.raises(TimeUp):
        echoed(kept)
    # The first of them alone would have waited for 0.3 seconds of its own: 100 times as long.
    assert spent[0] < 10 * 0.3 * processor.cores()


def test_a_hang_is_shown_where_the_path_has_other_letters(bench: Kept, tmp_path: Path) -> None:
    kept = bench("")
    path = tmp_path / "J\u00fcrgen \u4e2d/echo.py"
    path.parent.mkdir()
    path.write_text("def echo(value):\n    while value:\n        pass\n")
    kept = set_up(kept.sandbox, kept.kata, path, Search())
    kept.start_property(5.0)
    kept.call_seconds = 0.3
    with pytest.raises(TimeUp) as caught:
        echoed(kept)
    assert caught.value.failure.line is not None
    assert caught.value.failure.line.text in ("while value:", "pass")


def test_a_hang_is_shown_with_the_line_it_was_in(bench: Kept) -> None:
    kept = bench("def echo(value):\n    n = 0\n    while value:\n        n += 1\n    return n\n")
    kept.call_seconds = 0.3
    with pytest.raises(TimeUp) as caught:
        echoed(kept)
    line = caught.value.failure.line
    assert line is not None
    assert line.text in ("while value:", "n += 1")


def test_input_is_at_its_end(bench: Kept) -> None:
    with pytest.raises(Raised, match="EOFError"):
        echoed(bench("def echo(value): return input()"))


UNLOADABLE = {
    "an empty file": ("", "echo.py has no echo. It defines nothing."),
    "another name": ("def ecko(value): return value", "echo.py has no echo. It defines ecko."),
    "a syntax error": ("def echo(value) return value", "echo.py is not valid Python"),
    "an exception at import": ("1 / 0", "Importing echo.py raised ZeroDivisionError"),
    "sys.exit at import": ("import sys; sys.exit(0)", "Importing echo.py called sys.exit(0)."),
    "os._exit at import": ("import os; os._exit(0)", "Importing your file ended the whole Python"),
    "a library that is missing": ("import no_such_library", "Importing echo.py raised ModuleNot"),
    "no function": ("echo = 3", "echo is of type int, so it cannot be called."),
}


@pytest.mark.parametrize(("source", "message"), UNLOADABLE.values(), ids=UNLOADABLE)
def test_what_cannot_be_loaded_is_a_load_error(bench: Kept, source: str, message: str) -> None:
    def test_call(submission: Submission) -> None:
        submission.echo(1)

    result, _ = judge(test_call, bench(source), 5.0)
    assert result.verdict is Verdict.LOAD_ERROR
    assert result.failure is not None
    assert result.failure.message.startswith(message)


BYTES = {
    "UTF-16": ("def echo(v): return v".encode("utf-16"), "It is saved as UTF-16"),
    "Latin-1": ("caf\xe9 = 1\ndef echo(v): return v".encode("latin-1"), "It is not UTF-8 text"),
    "no text at all": (b"\x7fELF\x02\x01\x01\x00\x00", ""),
    "too many brackets": (b"(" * 100_000, ""),
}


@pytest.mark.parametrize(("text", "advice"), BYTES.values(), ids=BYTES)
def test_a_file_that_is_no_python_text_is_a_load_error(
    bench: Kept, text: bytes, advice: str
) -> None:
    kept = bench("")
    kept.source.path.write_bytes(text)
    kept = set_up(kept.sandbox, kept.kata, kept.source.path, Search())
    with pytest.raises(SubmissionUnusable) as caught:
        echoed(kept)
    assert caught.value.verdict is Verdict.LOAD_ERROR
    assert caught.value.failure is not None
    assert caught.value.failure.advice.startswith(advice)


def test_a_windows_file_is_fine(bench: Kept) -> None:
    kept = bench("")
    kept.source.path.write_bytes("\ufeffdef echo(value):\r\n    return value\r\n".encode())
    kept = set_up(kept.sandbox, kept.kata, kept.source.path, Search())
    kept.start_property(5.0)
    assert echoed(kept, 7) == 7


def test_an_import_that_hangs_costs_one_limit_for_all_properties(
    bench: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kata.proxy.LOAD_SECONDS", 0.3)
    kept = bench("while True: pass")
    spawned = []
    spawn = kept.sandbox.spawn

    def counted(folder: Path, preload: tuple[str, ...]) -> Worker:
        spawned.append(folder)
        return spawn(folder, preload)

    monkeypatch.setattr(kept.sandbox, "spawn", counted)
    for _ in range(3):
        kept.start_property(5.0)
        with pytest.raises(SubmissionUnusable) as caught:
            echoed(kept)
        assert caught.value.verdict is Verdict.TIME_LIMIT_EXCEEDED
        assert caught.value.failure is not None
        assert caught.value.failure.message == "Importing your file had not come back after 0.3 s."
    assert len(spawned) == 1


@pytest.mark.parametrize(
    ("stolen", "comes_back"),
    [([0.0, 0.3, 0.5], True), ([0.0, 0.1, 0.1], False), ([7.0, 7.0], False)],
    ids=["enough", "too little", "before the call"],
)
def test_what_the_host_takes_of_the_processor_is_not_counted(
    bench: Kept, monkeypatch: pytest.MonkeyPatch, stolen: list[float], comes_back: bool
) -> None:
    """No machine can be told to do that, so its kernel's number is what is made up here."""
    kept = bench("import time\ndef echo(value): time.sleep(value); return value")
    kept.load()
    readings = [*reversed(stolen)]
    monkeypatch.setattr(
        processor, "stolen", lambda: readings.pop() if len(readings) > 1 else readings[0]
    )
    monkeypatch.setattr(sandbox_module, "STOLEN_FRESH_SECONDS", 0.0)
    kept.call_seconds = 0.3
    with contextlib.nullcontext() if comes_back else pytest.raises(TimeUp):
        assert echoed(kept, 0.6) == 0.6


def test_a_hang_ends_however_much_the_host_takes(
    bench: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = bench("def echo(value):\n    while True: pass")
    kept.load()
    monkeypatch.setattr(processor, "stolen", iter(range(10**9)).__next__)
    monkeypatch.setattr(sandbox_module, "STOLEN_FRESH_SECONDS", 0.0)
    kept.call_seconds = 0.1
    with pytest.raises(TimeUp):
        echoed(kept)


def test_the_limit_of_a_property_counts_all_its_calls(bench: Kept) -> None:
    kept = bench("import time\ndef echo(value): time.sleep(value); return value")
    kept.start_property(0.5)
    echoed(kept, 0.3)
    with pytest.raises(TimeUp):
        echoed(kept, 0.8)


def test_a_reply_that_has_come_counts_however_late_the_grader_looks(
    bench: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after Ctrl-Z and fg, or when the laptop has slept."""
    monkeypatch.setattr(wire, "arrives_within", lambda *_: False)
    kept = bench("def echo(value): return value")
    worker = kept.load()
    monkeypatch.setattr(worker, "_clock", LateClock(worker._channel))
    assert [echoed(kept, n) for n in (7, 8)] == [7, 8]


class LateClock:
    """Stands still until the reply is there, and is an hour late then."""

    waited, tells = 0.0, False

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._readings = 0

    def __call__(self) -> float:
        self._readings += 1
        if self._readings <= 2:  # when the request starts, and when it is sent
            return 0.0
        if self._readings == 3:  # when the reply is looked for
            assert select.select([self._channel], [], [], 60.0)[0]
        return 3600.0

    def close(self) -> None:
        """There is nothing to let go of."""


def test_prints_of_a_call_are_kept_for_that_call(bench: Kept) -> None:
    kept = bench("def echo(value): print('got', value)")
    echoed(kept, 1)
    echoed(kept, 2)
    assert [step.printed for step in kept.scene.steps] == ["got 1\n", "got 2\n"]


def test_prints_before_a_crash_are_kept(bench: Kept) -> None:
    kept = bench("import os\ndef echo(value): print('last words'); os._exit(1)")
    with pytest.raises(Rejected) as caught:
        echoed(kept)
    assert caught.value.failure.printed == "last words\n"


HARMLESS = {
    "closes stdout": "import sys; sys.stdout.close()\ndef echo(value): return value",
    "lowers the recursion limit": "import sys; sys.setrecursionlimit(60)\ndef echo(v): return v",
    "reseeds the global generators": (
        "import random, numpy\ndef echo(v): random.seed(1); numpy.random.seed(1); return v"
    ),
    "computes in a thread": (
        "import threading\ndef echo(v):\n    out = []\n    t = threading.Thread(target=out.append, "
        "args=(v,))\n    t.start(); t.join()\n    return out[0]"
    ),
    "has a script part": "def echo(v): return v\nif __name__ == '__main__': raise SystemExit(1)",
    "uses dataclasses": (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\n"
        "class P:\n    v: int\ndef echo(v): return P(v).v"
    ),
}


@pytest.mark.parametrize("source", HARMLESS.values(), ids=HARMLESS)
def test_odd_but_correct_code_is_right(bench: Kept, source: str) -> None:
    kept = bench(source)
    assert [echoed(kept, n) for n in range(3)] == [0, 1, 2]


def test_unseeded_draws_from_the_global_generators_differ_in_the_same_way(bench: Kept) -> None:
    source = "import numpy, random\ndef echo(v): return [numpy.random.rand(), random.random()]"
    first, second = bench(source), bench(source)
    drawn = [echoed(first), echoed(first)]
    assert drawn[0] != drawn[1]
    assert drawn == [echoed(second), echoed(second)]
    assert any("global random state" in remark for remark in first.remarks)


def test_code_with_a_generator_of_its_own_gets_no_remark(bench: Kept) -> None:
    kept = bench("import numpy\ndef echo(v): return numpy.random.default_rng(v).random()")
    echoed(kept)
    assert not kept.remarks


def test_a_changed_argument_is_noticed(bench: Kept) -> None:
    kept = bench("def echo(value): value.sort()")
    echoed(kept, np.array([3.0, 1.0]))
    changed = kept.scene.steps[-1].changed
    assert changed is not None
    assert changed["args"][0].tolist() == [1.0, 3.0]


def test_an_argument_changed_beyond_words_is_noticed(bench: Kept) -> None:
    kept = bench("def echo(value): value.append(object())")
    echoed(kept, [1])
    assert kept.scene.steps[-1].changed == {}


def test_a_worker_does_not_see_the_graders_environment(
    bench: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "1")
    kept = bench("import os\ndef echo(value): return sorted(os.environ)")
    assert "SECRET" not in str(echoed(kept))


def test_a_worker_cannot_import_from_the_repository(bench: Kept) -> None:
    kept = bench("import sys\ndef echo(value): return sys.path")
    root = str(Path(__file__).parent.parent)
    assert root not in str(echoed(kept)).replace(f"{root}/.venv", "")


def test_the_order_of_a_set_is_the_same_on_every_run(bench: Kept) -> None:
    source = "def echo(value): return list({str(n) for n in range(50)})"
    with Sandbox() as other:
        kept = bench(source)
        again = set_up(other, kept.kata, kept.source.path, Search())
        again.start_property(5.0)
        assert echoed(kept) == echoed(again)
        again.close()


def test_the_workers_end_with_the_grader() -> None:
    script = """if True:
        import os, signal, sys
        from pathlib import Path
        from kata.sandbox import Sandbox, Worker
        sandbox = Sandbox()
        workers = [sandbox.spawn(Path("/")) for _ in range(2)]
        print(sandbox._process.pid, *[worker._pid for worker in workers], flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    for pid in map(int, done.stdout.split()):
        assert has_ended(pid)


def test_where_no_end_can_be_seen_beforehand_the_grace_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on macOS before Python 3.13, where there is no waitid."""
    monkeypatch.delattr(os, "waitid")
    process = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read()
    assert not forkserver._ended(process.pid)
    assert process.wait() == 0


def test_closing_a_worker_ends_what_it_started(unfenced: Kept) -> None:
    kept = unfenced(
        """
        import subprocess, sys
        def echo(value):
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
            return child.pid
        """
    )
    kept.rules = kept.rules.without(frozenset({"subprocess"}))
    pid = echoed(kept)
    kept.close()
    assert isinstance(pid, int)
    assert has_ended(pid)


def test_closing_a_bench_ends_the_worker_and_the_one_that_was_to_be_the_next(bench: Kept) -> None:
    kept = bench("def echo(value): return value")
    echoed(kept)
    pids = [worker._pid for worker in (kept._worker, kept._spare) if worker is not None]
    assert len(set(pids)) == 2
    kept.close()
    assert all(has_ended(pid) for pid in pids)


def test_who_waits_looks_only_where_it_has_a_processor_to_itself() -> None:
    clock = _Clock(os.getpid())
    looking = _Looking(0.5)
    if not clock.tells:  # not Linux
        assert looking(clock) == 0
        return
    assert looking(clock) == 0.5
    clock.waited += 1.0
    assert [looking(clock) for _ in range(CROWDED_REQUESTS)] == [0.0] * CROWDED_REQUESTS
    assert looking(clock) == 0.5
    clock.close()


def test_each_property_gets_a_worker_of_its_own(bench: Kept) -> None:
    kept = bench("import os\ncalls = []\ndef echo(value): calls.append(1); return len(calls)")

    def test_one(submission: Submission) -> None:
        """It is the first call."""
        assert submission.echo(0) == 1

    for _ in range(2):
        assert judge(test_one, kept, 5.0)[0].verdict is Verdict.ACCEPTED


def test_a_library_that_lacks_something_is_not_taken_for_an_unfinished_answer(bench: Kept) -> None:
    kept = bench("import codecs\ndef echo(value): return codecs.Codec().encode('x')")
    with pytest.raises(Raised) as caught:
        echoed(kept)
    assert caught.value.failure.message == "echo raised NotImplementedError."


def test_an_unfinished_function_is_told_as_such(bench: Kept) -> None:
    kept = bench("done = 1\ndef echo(value):\n    if value: raise NotImplementedError")
    with pytest.raises(Raised) as caught:
        echoed(kept)
    assert "not written yet" in caught.value.failure.message


WRITES_BIT_BY_BIT = """
import os, select
os.write(1, b"Stack (most recent call first):\\n")
select.select([0], [], [], {pause})
os.write(1, b'  File "hang.py", line 6 in echo\\n')
select.select([0], [], [])
"""


@pytest.mark.parametrize("pause", [0.0, 0.01])
def test_a_trace_is_waited_for_until_all_of_it_is_written(tmp_path: Path, pause: float) -> None:
    # Between two parts the worker may have to wait for a processor.
    command = [sys.executable, "-I", "-c", WRITES_BIT_BY_BIT.format(pause=pause)]
    with (
        (tmp_path / "trace").open("w+") as trace,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=trace) as writer,
    ):
        forkserver._wait_for_trace(writer.pid, trace.fileno())
        written = (tmp_path / "trace").read_text()
        writer.kill()
    assert written.endswith("line 6 in echo\n")
