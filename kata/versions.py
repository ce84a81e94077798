"""Replaces the learner's file by another version of it, and never loses the one that is there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kata.catalog import Kata
from kata.errors import UsageError
from kata.journal import Journal, Kind, digest_of

DIGITS = 8
"""Digits of a digest that are enough to tell versions apart."""


def replace_file(path: Path, text: bytes) -> None:
    """Put `text` in the place of the file, at once or not at all, and with the same mode.

    Raises UsageError when it cannot be written.
    """
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        # Beside it, since a rename is one step only within a file system.
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"{path} cannot be replaced: {error.strerror}.") from error


def reset(kata: Kata, stub: bytes, journal: Journal, at: float) -> str:
    """Put the stub back, and keep what was there; return its digest, empty if nothing changed."""
    return _exchange(kata, stub, journal, Kind.RESET, at)


def restore(kata: Kata, which: str, journal: Journal, at: float) -> str:
    """Bring back the file of an attempt, and keep what is there; return that one's digest.

    `which` is the number of an attempt, or the first eight or more digits of a digest, by which
    versions are known that were put aside without being graded. Raises UsageError for neither.
    """
    digests = [attempt.digest for attempt in journal.attempts(kata.slug)]
    if which.isdecimal() and 1 <= int(which) <= len(digests):
        chosen = digests[int(which) - 1]
    else:
        aside = [event.detail for event in journal.events(kata.slug)]
        known = {digest for digest in (*digests, *aside) if digest.startswith(which)}
        if len(which) < DIGITS or len(known) != 1:
            raise UsageError(
                f"{kata.slug} has no version {which}. See: .venv/bin/kata attempts {kata.slug}"
            )
        chosen = known.pop()
    return _exchange(kata, journal.text(chosen), journal, Kind.RESTORE, at)


def _exchange(kata: Kata, text: bytes, journal: Journal, kind: Kind, at: float) -> str:
    try:
        present = kata.stub.read_bytes() if kata.stub.exists() else None
    except OSError as error:
        raise UsageError(f"{kata.stub} cannot be read: {error.strerror}.") from error
    if present == text:
        return ""
    # On the disk before the file is touched: whenever this is killed, one of the two has it.
    kept = journal.keep(present) if present is not None else ""
    replace_file(kata.stub, text)
    journal.note(kata.slug, kind, at, kept)
    return kept


def present(kata: Kata) -> str:
    """The digest of the learner's file as it is now; empty where it cannot be read."""
    try:
        return digest_of(kata.stub.read_bytes())
    except OSError:
        return ""


def ungraded(kata: Kata, journal: Journal) -> tuple[tuple[float, str], ...]:
    """Versions that a reset or a restore put aside without their ever being graded.

    Each is (seconds since the epoch, digest), the oldest first.
    """
    graded = {attempt.digest for attempt in journal.attempts(kata.slug)}
    kinds = (Kind.RESET, Kind.RESTORE)
    found = [(e.at, e.detail) for e in journal.events(kata.slug) if e.kind in kinds and e.detail]
    return tuple((at, digest) for at, digest in found if digest not in graded)
