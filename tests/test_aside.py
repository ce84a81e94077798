"""One piece of work in a forked child, and what its parent hears of it."""

from __future__ import annotations

import contextlib
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
    made: list[Sandbox] = []

    def start() -> Sandbox:
        made.append(Sandbox())
        return made[-1]

    def work(_sandbox: Sandbox, out: TextIO) -> int:
        out.write(str(os.getpid()))
        out.flush()
        signal.pause()
        return 0

    aside = Aside(start)
    with contextlib.closing(aside):
        pid = int(os.read(aside.begin(work), 100))
        assert aside.stop()
        assert has_ended(pid)
        assert not aside.stop()
        assert len(made) == 2
