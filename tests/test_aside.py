"""One piece of work in a forked child, and what its parent hears of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import TextIO

import pytest
from workbench import has_ended

from kata.aside import FAULT, Aside
from kata.sandbox import Sandbox


@pytest.fixture
def aside() -> Iterator[Aside]:
    """With nothing begun yet."""
    made = Aside(Sandbox)
    yield made
    made.close()


def test_what_the_child_tells_comes_with_its_status(aside: Aside) -> None:
    def work(_sandbox: Sandbox, out: TextIO) -> int:
        out.write("é")
        return 1

    aside.begin(work)
    assert aside.running
    assert aside.finish() == (1, "é")
    assert not aside.running


def test_a_child_killed_while_it_tells_is_not_taken_for_one_that_is_done(aside: Aside) -> None:
    def work(_sandbox: Sandbox, out: TextIO) -> int:
        out.write("ha")
        out.flush()
        os.kill(os.getpid(), signal.SIGKILL)
        return 0

    aside.begin(work)
    assert aside.finish() == (-signal.SIGKILL, "ha")


def test_an_exception_in_the_child_is_a_fault(
    aside: Aside, capfd: pytest.CaptureFixture[str]
) -> None:
    def work(_sandbox: Sandbox, _out: TextIO) -> int:
        raise RuntimeError("for this test")

    aside.begin(work)
    assert aside.finish() == (FAULT, "")
    assert "RuntimeError: for this test" in capfd.readouterr().err


def test_a_child_is_stopped_and_the_next_gets_another_sandbox() -> None:
    seen: list[Sandbox] = []

    def start() -> Sandbox:
        seen.append(Sandbox())
        return seen[-1]

    other = Aside(start)

    def work(_sandbox: Sandbox, out: TextIO) -> int:
        out.write(str(os.getpid()))
        out.flush()
        signal.pause()
        return 0

    ended = other.begin(work)
    pid = int(os.read(ended, 100))
    assert other.stop()
    assert has_ended(pid)
    assert not other.stop()
    assert len(seen) == 2
    other.close()
