"""What a submission may import and call, seen in its text and at run time."""

from __future__ import annotations

import ast
import importlib
import sys

import pytest
from workbench import ROOT, Kept

from kata import catalog, policy
from kata.policy import Rules
from kata.proxy import Submission
from kata.rejection import Rejected, SubmissionUnusable
from kata.verdict import Verdict

RULES = Rules(imports=("sklearn", "email"), calls=("numpy.linalg.lstsq",))

BREACHES = {
    "import": ("import sklearn", "sklearn"),
    "import of a part": ("import sklearn.cluster as c", "sklearn"),
    "from": ("from sklearn.cluster import KMeans", "sklearn"),
    "inside a function": ("def f():\n    import sklearn", "sklearn"),
    "in a branch that is never run": ("if False:\n    import sklearn", "sklearn"),
    "a call": ("import numpy as np\nnp.linalg.lstsq(1, 2)", "numpy.linalg.lstsq"),
    "a call by its module": (
        "import numpy.linalg\nnumpy.linalg.lstsq(1, 2)",
        "numpy.linalg.lstsq",
    ),
    "a call under another name": ("from numpy.linalg import lstsq as solve", "numpy.linalg.lstsq"),
    "a module under another name": (
        "from numpy import linalg as la\nla.lstsq(1, 2)",
        "numpy.linalg.lstsq",
    ),
    "before the import that names it": (
        "def f(): return np.linalg.lstsq\nimport numpy as np",
        "numpy.linalg.lstsq",
    ),
}


@pytest.mark.parametrize(("source", "name"), BREACHES.values(), ids=BREACHES)
def test_a_forbidden_name_is_seen_in_the_text(source: str, name: str) -> None:
    assert {breach.name for breach in policy.breaches(ast.parse(source), RULES)} == {name}


@pytest.mark.parametrize(
    "source",
    [
        "import sklearning",
        "import numpy as np\nnp.linalg.lstsq_",
        "lstsq = 3",
        "class linalg:\n    lstsq = 1\nlinalg.lstsq",
        "from . import sklearn",
        "# import sklearn",
    ],
)
def test_a_name_that_only_looks_alike_is_allowed(source: str) -> None:
    assert not policy.breaches(ast.parse(source), RULES)


def test_a_breach_tells_its_line() -> None:
    assert policy.breaches(ast.parse("\n\nimport sklearn"), RULES)[0].line == 3


def test_a_waived_name_is_allowed() -> None:
    assert RULES.without(frozenset({"sklearn"})) == Rules(("email",), RULES.calls, ("sklearn",))


def test_a_forbidden_import_is_shown_with_its_line_and_not_run(bench: Kept) -> None:
    with pytest.raises(SubmissionUnusable) as caught:
        Submission(bench("x = 1 / 0\nimport email\n")).echo(1)
    assert caught.value.verdict is Verdict.FORBIDDEN
    failure = caught.value.failure
    assert failure is not None
    assert failure.message == "email is not allowed here: the task is to write it yourself."
    assert failure.line is not None
    assert failure.line.text == "import email"


HIDDEN = {
    "an import": "import importlib\ndef echo(v): return importlib.import_module('em' + 'ail').x",
    "a call": "import numpy\ndef echo(v): return getattr(numpy.linalg, 'lst' + 'sq')(v, v)",
    "another name": "import numpy\ndef echo(v): return numpy.linalg._linalg.lstsq(v, v)",
}


@pytest.mark.parametrize("source", HIDDEN.values(), ids=HIDDEN)
def test_a_forbidden_name_put_together_at_run_time_is_refused(bench: Kept, source: str) -> None:
    with pytest.raises(Rejected, match="is not allowed here") as caught:
        Submission(bench(source)).echo(1)
    assert caught.value.verdict is Verdict.FORBIDDEN


def test_what_is_refused_has_no_other_name_in_its_package() -> None:
    calls = {call for kata in catalog.find(ROOT) for call in kata.forbidden.calls}
    assert calls
    for call in calls:
        module, _, name = call.rpartition(".")
        original = getattr(importlib.import_module(module), name)
        for other in list(sys.modules.values()):
            if getattr(other, "__name__", "").partition(".")[0] == call.partition(".")[0]:
                assert {key for key, value in vars(other).items() if value is original} <= {name}


REFUSED = {
    "reading": ("open('/etc/passwd')", "Your code opened /etc/passwd: a submission may read only"),
    "writing": ("open('x.txt', 'w')", "Your code opened x.txt for writing: a submission may not"),
    "a folder": ("os.listdir('/')", "Your code listed /: a submission may read only its"),
    "removing": ("os.remove('echo.py')", "Your code removed echo.py: a submission may not change"),
    "a process": ("os.system('true')", "Your code started another process (os.system)"),
    "a fork": ("os.fork()", "Your code started another process (os.fork)"),
    "the network": ("socket.create_connection(('127.0.0.1', 9))", "Your code used the network"),
    "a signal": ("os.kill(os.getppid(), 0)", "Your code sent a signal to another process"),
    "an audit hook": ("sys.addaudithook(print)", "Your code called sys.addaudithook"),
    "a named pipe": ("os.mkfifo('/tmp/kata_left')", "Your code called os.mkfifo, which is not"),
    "frames": ("sys._getframe()", "Your code looked at the frames of what runs it"),
}


@pytest.mark.parametrize(("action", "message"), REFUSED.values(), ids=REFUSED)
def test_what_no_submission_has_a_reason_to_do_is_forbidden_though_it_is_caught(
    bench: Kept, action: str, message: str
) -> None:
    kept = bench(
        f"import os, socket, sys\ndef echo(v):\n    try: {action}\n"
        "    except BaseException: pass\n    return v\n"
    )
    with pytest.raises(Rejected) as caught:
        Submission(kept).echo(1)
    assert caught.value.verdict is Verdict.FORBIDDEN
    assert caught.value.failure.message.startswith(message)
    assert caught.value.failure.line is not None
    assert caught.value.failure.line.number == 3


ALLOWED = {
    "its own folder": "open('kata.toml').read()",
    "its own text": "open(__file__).read()",
    "the standard library": "__import__('this')",
    "nothing": "open(os.devnull, 'w').write('x')",
    "the time zone": "__import__('zoneinfo').ZoneInfo('Europe/Berlin')",
    "a traceback": "__import__('traceback').format_stack()",
    "a named tuple": "__import__('collections').namedtuple('P', 'x')(1)",
    "a local pair of sockets": "__import__('socket').socketpair()",
}


@pytest.mark.parametrize("action", ALLOWED.values(), ids=ALLOWED)
def test_what_honest_code_does_is_allowed(bench: Kept, action: str) -> None:
    kept = bench(f"import os\ndef echo(v):\n    {action}\n    return v\n")
    assert Submission(kept).echo(1) == 1


def test_other_processes_may_be_allowed_for_once(unfenced: Kept) -> None:
    kept = unfenced("import subprocess\ndef echo(v): return subprocess.run(['true']).returncode")
    kept.rules = kept.rules.without(frozenset({"subprocess"}))
    assert Submission(kept).echo(1) == 0
