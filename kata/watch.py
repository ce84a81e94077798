"""Grades one kata whenever it is saved, and obeys single keys; what a check is, it is told.

**Warm and never stale.** This process has pytest, Hypothesis, NumPy and the fork server ready, and
forks for every check. The child imports the graders and reads kata.toml, and ends with them, so
nothing that can be edited outlives a check; running pytest again in one process would need its
modules hunted down, and pytest itself says that imports may be stale there. A fork costs some
milliseconds. Only the engine, kata/, is as it was when watching began. This process keeps to one
thread, without which forking would not be safe: the file system is watched by `saves`, apart.

**No save is missed.** What `saves` tells is only a reason to look. What is looked at, before each
check and after it, is whether any file that counts differs from what the last check began with.
A save during a check ends that check, for its verdict would be on a version that is gone.
"""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import termios
import tty
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kata.aside import Aside
from kata.catalog import Kata
from kata.sandbox import ROOT, Sandbox
from kata.saves import CHANGE

SUFFIXES = {".py", ".toml", ".csv"}
"""Of what a check reads: the stub, its data, kata.toml, graders and their strategies."""

TICKS = 2
"""For so many ticks a file is gone or empty before that is worth a verdict. An editor may take it
away, or empty it, before it writes; and the first tick may have been on its way by then."""

QUIT = "q"

State = dict[str, tuple[int, int, int]]
"""What tells two versions of a file apart, by its path."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the keyboard, and what it is good for."""

    letter: str
    word: str
    act: Callable[[], None]


def state(kata: Kata) -> State:
    """The files that a check of this kata reads: the inode, time and size of each."""
    found = {}
    for folder in (kata.folder, kata.grader.parent):
        with contextlib.suppress(OSError):
            for entry in os.scandir(folder):
                if (
                    Path(entry.name).suffix in SUFFIXES
                    and not entry.name.startswith((".", "replay_"))
                    and entry.is_file()
                ):
                    facts = Path(entry.path).stat()  # entry.stat() has no new look
                    found[entry.path] = (facts.st_ino, facts.st_mtime_ns, facts.st_size)
    return found


def watch(
    kata: Kata,
    check: Callable[[Sandbox], int],
    start: Callable[[], Sandbox],
    keys: Sequence[Key],
    keyboard: int | None,
    tell: Callable[[str], None],
) -> None:
    """Check now and after every save, until the key for it is pressed or Ctrl-C is.

    `check` runs in a forked child, prints its verdict and returns its exit status. `start` makes
    a sandbox. `keyboard` is the descriptor of a terminal to read keys from, None for no keys.
    `tell` prints a line. KeyboardInterrupt is let through when everything has been ended.
    """
    with contextlib.ExitStack() as stack:
        saves = stack.enter_context(_saves(kata))
        if keyboard is not None:
            stack.enter_context(_single_keys(keyboard))
        checks = Aside(start)
        stack.callback(checks.close)
        prompt = "   ".join([*(f"{key.letter} {key.word}" for key in keys), f"{QUIT} quit"])
        prompt = prompt if keyboard is not None else "Ctrl-C quits"
        letters = {key.letter: key for key in keys}
        _loop(kata, check, checks, saves, letters, keyboard, prompt, tell)


def _loop(
    kata: Kata,
    check: Callable[[Sandbox], int],
    checks: Aside,
    saves: int,
    keys: dict[str, Key],
    keyboard: int | None,
    prompt: str,
    tell: Callable[[str], None],
) -> None:
    graded: State | None = None
    missing_for: int | None = None  # ticks; None while it is there
    ticked = False
    while True:
        seen = state(kata)
        if seen.get(str(kata.stub), (0, 0, 0))[2]:
            missing_for = None
        else:
            missing_for = 0 if missing_for is None else missing_for + ticked
        if seen != graded and (missing_for is None or missing_for >= TICKS):
            if checks.stop():
                tell("Saved again: that check is broken off.")
            checks.begin(lambda sandbox, _: check(sandbox))
            graded = seen
        ready = _ready(saves, keyboard, checks.ended)
        ticked = False
        if checks.ended in ready:
            checks.finish()
            tell(prompt)
        if saves in ready:
            told = os.read(saves, 1 << 16)
            if not told:
                raise RuntimeError("the process that watches the folders has ended")
            ticked = CHANGE not in told
        if keyboard in ready:
            letter = os.read(keyboard or 0, 1).decode(errors="replace").lower()
            if letter in (QUIT, ""):
                return
            if letter in keys:
                keys[letter].act()
                if not checks.running:
                    tell(prompt)


def _ready(*descriptors: int | None) -> set[int]:
    """Those of the descriptors that have something to read, once there is one."""
    poll = select.poll()
    for descriptor in descriptors:
        if descriptor is not None:
            poll.register(descriptor, select.POLLIN)
    return {descriptor for descriptor, _ in poll.poll()}


@contextlib.contextmanager
def _saves(kata: Kata) -> Iterator[int]:
    """The descriptor from which can be read that something was saved."""
    folders = [str(kata.folder), str(kata.grader.parent)]
    process = subprocess.Popen(
        [sys.executable, "-m", "kata.saves", *folders],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        process_group=0,  # so that Ctrl-C reaches this process alone, which ends that one
    )
    assert process.stdout is not None  # noqa: S101 it was asked for
    with process.stdout as told:
        try:
            yield told.fileno()
        finally:
            process.kill()
            process.wait()


@contextlib.contextmanager
def _single_keys(terminal: int) -> Iterator[None]:
    """Read keys as they are pressed, unseen; Ctrl-C stays what it is."""
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal, termios.TCSANOW)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


@contextlib.contextmanager
def lines_again(terminal: int | None) -> Iterator[None]:
    """Let a program that `watch` was asked to start read whole lines meanwhile."""
    if terminal is None:
        yield
        return
    before = termios.tcgetattr(terminal)
    ordinary = termios.tcgetattr(terminal)
    ordinary[3] |= termios.ICANON | termios.ECHO
    termios.tcsetattr(terminal, termios.TCSADRAIN, ordinary)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
