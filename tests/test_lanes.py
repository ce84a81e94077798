"""Work that is divided among forks: all of it is done, once, and nothing is left behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from workbench import children, has_ended, kata

from kata import lanes
from kata.catalog import Kata
from kata.lanes import divide, fork
from kata.plugin import Grading
from kata.reports import terminal
from kata.verdict import PropertyResult, Verdict

HANGS = "import time\n\ndef echo(value):\n    time.sleep(3600)\n"


class Notes:
    """What forks said, and which process did what."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, int]] = []
        self._send: Callable[[bytes], None] | None = None

    def become(self, _number: int, send: Callable[[bytes], None]) -> None:
        self._send = send

    def note(self, place: int) -> None:
        self.take(json.dumps([place, os.getpid()]).encode())

    def take(self, message: bytes) -> None:
        if self._send is not None:
            self._send(message)
        else:
            place, pid = json.loads(message)
            self.heard.append((place, pid))

    @property
    def places(self) -> list[int]:
        return sorted(place for place, _ in self.heard)


@pytest.mark.parametrize("forks", [0, 1, 3])
def test_every_piece_of_work_is_done_once(forks: int) -> None:
    notes = Notes()
    divide(200, notes.note, forks, notes.become, notes.take)
    assert notes.places == list(range(200))


def test_the_first_piece_is_the_first_processs_however_quick_a_fork_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is what has failed before, and to be told at once."""
    notes = Notes()
    begun, begins = os.pipe()

    def fork_and_wait() -> int:
        if pid := fork():
            os.close(begins)
            os.read(begun, 1)  # until the fork has taken something
        return pid

    def work(place: int) -> None:
        if os.getpid() != first:
            os.close(begins)
        notes.note(place)

    first = os.getpid()
    monkeypatch.setattr(lanes, "fork", fork_and_wait)
    divide(2, work, 1, notes.become, notes.take)
    os.close(begun)
    assert dict(notes.heard)[0] == first != dict(notes.heard)[1]


def test_the_work_is_divided() -> None:
    notes = Notes()
    gate, opened = os.pipe()

    def work(place: int) -> None:
        notes.note(place)
        if place == 0:
            os.read(gate, 1)  # whoever has the first piece waits for the one with the last
        if place == 9:
            os.write(opened, b"!")

    divide(10, work, 1, notes.become, notes.take)
    assert notes.places == list(range(10))
    assert len({pid for _, pid in notes.heard}) == 2


def test_what_a_fork_had_taken_when_it_was_killed_is_done_by_the_first_process() -> None:
    first, notes = os.getpid(), Notes()
    gate, opened = os.pipe()

    def work(place: int) -> None:
        if os.getpid() != first:
            os.write(opened, b"!")
            os.kill(os.getpid(), signal.SIGKILL)
        if place == 0:
            os.read(gate, 1)
        notes.note(place)

    divide(6, work, 1, notes.become, notes.take)
    assert notes.places == list(range(6))
    assert {pid for _, pid in notes.heard} == {first}


def test_an_interrupted_first_process_ends_its_forks() -> None:
    first, notes = os.getpid(), Notes()
    before = children(first)

    def work(_place: int) -> None:
        if os.getpid() == first:
            raise KeyboardInterrupt
        signal.pause()

    with pytest.raises(KeyboardInterrupt):
        divide(2, work, 1, notes.become, notes.take)
    assert children(first) == before


def reports(repository: Path, *arguments: str) -> dict[str, Any]:
    done = kata("check", "echo", "--format", "json", *arguments, cwd=repository)
    assert not done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def told(value: object) -> object:
    """The report without what is measured."""
    if isinstance(value, dict):
        return {key: told(entry) for key, entry in value.items() if key != "seconds"}
    return [told(entry) for entry in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "answer",
    [
        "def echo(value):\n    return value\n",
        "def echo(value):\n    return None if value == [] else value\n",
        "def echo(value):\n    value.append(1)\n    return value\n",
    ],
    ids=["right", "wrong", "mutates"],
)
def test_a_check_says_the_same_with_any_number_of_processes(repository: Path, answer: str) -> None:
    (repository / "exercises/echo/echo.py").write_text(answer)
    alone = told(reports(repository, "--processes=1"))
    assert told(reports(repository, "--processes=3")) == alone


def test_what_passed_on_the_clock_is_textand_not_what_the_processes_took_together(
    echo: Kata,
) -> None:
    grading = Grading()
    grading.katas = {"echo": echo}
    for name, seconds, ended in (("a", 3.0, 10.0), ("b", 2.0, 9.5), ("c", 1.0, 11.0)):
        result = PropertyResult(name, name, Verdict.ACCEPTED, seconds=seconds)
        grading.record("echo", result, ended)
    assert grading.took("echo") == 4.0
    text = terminal.render(grading.report(), (echo,), took={"echo": 4.0})
    assert text.splitlines()[0].endswith(" accepted    4.0 s")


def test_what_keeps_a_file_from_being_graded_is_found_for_every_property(repository: Path) -> None:
    (repository / "exercises/echo/echo.py").write_text("def other(value):\n    return value\n")
    # Each process finds it out for itself, so that more of them have a call to show.
    for processes in "13":
        [graded] = reports(repository, f"--processes={processes}")["katas"]
        assert {each["verdict"] for each in graded["properties"]} == {"load_error"}


def descendants(pid: int) -> set[int]:
    found = set(children(pid))
    for child in tuple(found):
        with contextlib.suppress(FileNotFoundError):  # it has ended meanwhile
            found |= descendants(child)
    return found


@pytest.fixture
def hanging(repository: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A check in two processes whose workers hang."""
    (repository / "exercises/echo/echo.py").write_text(HANGS)
    with subprocess.Popen(
        [sys.executable, "-m", "kata", "check", "echo", "--processes=2"],
        cwd=repository,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        # The fork server, the fork, and a worker for each of the two at least.
        end = time.monotonic() + 120
        while len(descendants(process.pid)) < 4:
            assert time.monotonic() < end
            assert process.poll() is None
        yield process
        process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_check_that_is_ended_leaves_no_process(
    hanging: subprocess.Popen[bytes], sent: signal.Signals
) -> None:
    started = descendants(hanging.pid)
    hanging.send_signal(sent)
    hanging.wait(120)
    assert all(has_ended(pid) for pid in started)
