"""A person at a terminal: a program on a real pty, typed to and read until it says something."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

SECONDS = 120.0
"""After so long without what is waited for, it will not come any more."""

TAKE_THE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execvp(sys.argv[1], sys.argv[1:])"
)
"""Has Ctrl-C on the pty reach the program, which it then becomes."""


class Terminal:
    """A program that runs on a pty. A context manager: leaving it ends the program."""

    def __init__(
        self, *command: str, cwd: Path, env: dict[str, str] | None = None, columns: int = 80
    ) -> None:
        # What pytest-xdist tells its workers of its own terminal says nothing of this one.
        inherited = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        self._ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (24, columns))
        self.modes = termios.tcgetattr(theirs)
        self.theirs = theirs
        self.process = subprocess.Popen(
            [sys.executable, "-c", TAKE_THE_TERMINAL, *command],
            cwd=cwd,
            env={**inherited, "TERM": "xterm", **(env or {})},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        self.text = ""
        """All that has been shown and not been waited for yet."""
        self.read_at = 0.0

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        os.close(self._ours)
        os.close(self.theirs)

    def wait_for(self, words: str) -> str:
        """Read until these words have been shown; return all up to and with them."""
        end = time.monotonic() + SECONDS
        while words not in self.text:
            ready = select.select([self._ours], [], [], max(end - time.monotonic(), 0))[0]
            assert ready, f"{words!r} does not come after {self.text!r}"
            said = os.read(self._ours, 1 << 16).decode(errors="replace")
            self.read_at = time.time()
            self.text += said.replace("\r\n", "\n")
        before, found, self.text = self.text.partition(words)
        return before + found

    def type(self, keys: str) -> None:
        """Press these keys."""
        os.write(self._ours, keys.encode())

    def end(self) -> int:
        """The exit status, once the program has ended."""
        return self.process.wait(SECONDS)


def kata_command(*arguments: str) -> tuple[str, ...]:
    """`kata` as a command for a terminal."""
    return (sys.executable, "-m", "kata", *arguments)
