"""Keeps the results of a batch in a file: a line of JSON a submission, appended, never changed.

A line is on the disk before the next one is written, so a run that is killed at any point loses
nothing. What was being written then is repaired when the file is opened again.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kata.errors import UsageError
from kata.likeness import Shape
from kata.verdict import KataResult, PropertyResult

FORMAT = 1
"""Raised whenever a reader of the old lines would misread the new ones."""

Key = tuple[str, str]
"""A submission: whose it is, and the digest of its text."""


@dataclass(frozen=True, slots=True)
class Record:
    """One submission that has been graded."""

    name: str
    digest: str
    """SHA-256 of the file's bytes."""
    result: KataResult
    shape: Shape = ()

    @property
    def key(self) -> Key:
        """What a submission is known by: a person may hand in another version."""
        return self.name, self.digest


class Gradebook:
    """The file at `path`, held for as long as the book is open; a context manager.

    `context` stands for all that results depend on beside the submission. Raises UsageError for
    a file of another context, one that is not such a file, and one that is being written to.
    """

    def __init__(self, path: Path, context: str) -> None:
        self._path, self._context = path, context
        new = not path.exists()
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            raise UsageError(f"{path} is being written to by another kata grade.") from None
        try:
            if new:
                _sync_folder(path)
            self._repair()
            self.known: set[Key] = {record.key for record in self.records()}
        except BaseException:
            os.close(self._file)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._file)

    def append(self, record: Record) -> None:
        """Add a result; it is on the disk when this returns. One that is known is left out."""
        if record.key in self.known:
            return
        line = json.dumps(_plain(record, self._context), ensure_ascii=False) + "\n"
        rest = memoryview(line.encode("utf-8", "replace"))
        try:
            while rest:
                rest = rest[os.write(self._file, rest) :]
            os.fsync(self._file)
        except OSError as error:
            raise UsageError(
                f"{self._path} cannot be written: {error.strerror}. What was graded before is "
                "kept; the same command goes on from there."
            ) from error
        self.known.add(record.key)

    def records(self) -> Iterator[Record]:
        """All results, in the order in which they came in, one at a time."""
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                where = f"{self._path}, line {number}"
                try:
                    plain = json.loads(line)
                    context = plain["context"]
                    if plain["format"] != FORMAT:
                        raise ValueError
                    if context == self._context:
                        yield _record(plain)
                        continue
                except (ValueError, KeyError, TypeError, AttributeError):
                    raise UsageError(
                        f"{where}, is no result of kata grade. Name another file with --out."
                    ) from None
                raise UsageError(
                    f"{where}, was graded with another kata, grader, version or search. Results "
                    "that differ in that are not comparable: name another file with --out."
                )

    def _repair(self) -> None:
        """Complete or remove a last line that was not written to its end."""
        size = os.fstat(self._file).st_size
        start, tail = size, b""
        while start and b"\n" not in tail:
            step = min(start, 1 << 16)
            start -= step
            tail = os.pread(self._file, step, start) + tail
        torn = tail.rpartition(b"\n")[2]
        if not torn:
            return
        try:
            whole = "context" in json.loads(torn)
        except (ValueError, TypeError):
            whole = False
        if whole:
            os.write(self._file, b"\n")
        elif b"\n" not in tail and not torn.startswith(b'{"format"'[: len(torn)]):
            raise UsageError(f"{self._path} is no file of results. Name another file with --out.")
        else:
            os.ftruncate(self._file, size - len(torn))
        os.fsync(self._file)


def _sync_folder(path: Path) -> None:
    """Have the disk remember that there is such a file."""
    folder = os.open(path.absolute().parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _plain(record: Record, context: str) -> dict[str, Any]:
    result = record.result
    return {
        "format": FORMAT,
        "context": context,
        "name": record.name,
        "digest": record.digest,
        "kata": result.slug,
        "file": result.file,
        "verdict": result.verdict.value,
        "seconds": round(result.seconds, 4),
        "properties": [prop.to_plain() for prop in result.properties],
        "shape": list(record.shape),
    }


def _record(plain: dict[str, Any]) -> Record:
    properties = tuple(PropertyResult.from_plain(prop) for prop in plain["properties"])
    result = KataResult(plain["kata"], plain["file"], properties)
    return Record(plain["name"], plain["digest"], result, tuple(plain["shape"]))
