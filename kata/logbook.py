"""The log of a mock interview: one JSON object a line, only ever appended, on the disk at once.

What `append` has returned from survives a kill and a crash of the machine. One process at a time
has the file; the kernel takes the lock away with the process, so a killed one leaves none behind.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kata.errors import UsageError

NAME = "log.jsonl"


class LogError(UsageError):
    """The log cannot be read or written; the text says which, why, and what to do."""


class Busy(LogError):
    """Another process has the log."""


class Logbook:
    """The log in one folder, open for appending. A context manager: leaving it closes the file."""

    def __init__(self, folder: Path) -> None:
        """Open the log in `folder`, or begin it. Raises Busy when another process has it."""
        self.path = folder / NAME
        try:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC)
        except OSError as error:
            raise LogError(f"{self.path} cannot be opened: {error.strerror}.") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            raise Busy(
                f"The mock interview in {folder} is open in another terminal. Go on there."
            ) from None
        self._mend()
        # The file's name is on the disk too.
        parent = os.open(folder, os.O_RDONLY)
        with contextlib.suppress(OSError):  # some file systems have no such thing for folders
            os.fsync(parent)
        os.close(parent)

    def _mend(self) -> None:
        """Cut off a last line that a crash has left half written: it was never acknowledged."""
        text = self.path.read_bytes()
        whole = text.rfind(b"\n") + 1
        if whole != len(text):
            os.ftruncate(self._file, whole)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def fileno(self) -> int:
        """The descriptor that holds the lock: a fork that keeps it open keeps the lock."""
        return self._file

    def close(self) -> None:
        """Close the file, which gives the lock back."""
        os.close(self._file)

    def append(self, entry: dict[str, Any]) -> None:
        """Add one line, and return once it is on the disk."""
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        try:
            while line:
                line = line[os.write(self._file, line) :]
            os.fsync(self._file)
        except OSError as error:
            raise LogError(
                f"{self.path} cannot be written: {error.strerror}. "
                "Make room, then go on with: make mock RESUME=1"
            ) from error


def has_begun(folder: Path) -> bool:
    """Whether the log in `folder` has an entry; True as well where it cannot be read."""
    try:
        return b"\n" in (folder / NAME).read_bytes()
    except OSError:
        return True  # `read` says why


def read(folder: Path) -> list[dict[str, Any]]:
    """The entries of the log in `folder`, without a half-written last line."""
    path = folder / NAME
    try:
        text = path.read_bytes()
    except OSError as error:
        raise LogError(f"{path} cannot be read: {error.strerror}.") from error
    entries = []
    for number, line in enumerate(text.split(b"\n")[:-1], 1):
        try:
            entry = json.loads(line)
        except ValueError:
            entry = None
        if not isinstance(entry, dict):
            raise LogError(
                f"{path}, line {number}: this is no entry of a log. Move {folder} away; "
                "your answers in it are untouched."
            )
        entries.append(entry)
    return entries
