"""What a learner has done, in one SQLite file: attempts, versions, hints, reveals, interviews.

It records and looks up; it decides nothing and reads no clock: whoever writes says when. Every
method raises JournalError when the file cannot be used, which never costs the caller a verdict.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kata.errors import UsageError
from kata.verdict import KataResult, Verdict

NAME = "journal.sqlite3"

BUSY_SECONDS = 5.0
"""How long to wait for another check that is writing."""

# Step n takes a journal of version n to version n + 1. A step that has been released is never
# edited: what it made exists on learners' machines.
MIGRATIONS = (
    """
    CREATE TABLE version (
        digest TEXT PRIMARY KEY,
        text BLOB NOT NULL
    ) STRICT;
    CREATE TABLE attempt (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL,
        at REAL NOT NULL,
        digest TEXT NOT NULL REFERENCES version (digest),
        verdict TEXT NOT NULL,
        seconds REAL NOT NULL,
        holding INTEGER NOT NULL,
        total INTEGER NOT NULL,
        failing TEXT NOT NULL
    ) STRICT;
    CREATE INDEX attempt_of ON attempt (slug, at);
    CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL,
        at REAL NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL
    ) STRICT;
    CREATE INDEX event_of ON event (slug, at);
    """,
    """
    CREATE TABLE mock (
        id INTEGER PRIMARY KEY,
        at REAL NOT NULL,
        folder TEXT NOT NULL UNIQUE,
        preset TEXT NOT NULL,
        points REAL NOT NULL,
        band TEXT NOT NULL,
        document TEXT NOT NULL
    ) STRICT;
    """,
)


class JournalError(UsageError):
    """The journal cannot be read or written; the text says which file, why, and what to do."""


class Kind(StrEnum):
    """What, besides an attempt, is worth remembering of a kata."""

    HINT = "hint"
    """A hint was shown; the detail is its number."""
    REVEAL = "reveal"
    """The reference was shown after an acceptance."""
    GIVE_UP = "give_up"
    """The reference was shown without one."""
    RESET = "reset"
    """The stub came back; the detail is the digest of what was there."""
    RESTORE = "restore"
    """An older version came back; the detail is its digest."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One graded version of one learner's file."""

    number: int
    """Counts the attempts at this kata from 1."""
    slug: str
    at: float
    """Seconds since the epoch."""
    digest: str
    """SHA-256 of the file's bytes, the key to its text."""
    verdict: Verdict
    seconds: float
    holding: int
    """Properties that held, of `total`."""
    total: int
    failing: tuple[str, ...]
    """Names of the properties that did not."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a kata besides grading."""

    slug: str
    at: float
    """Seconds since the epoch."""
    kind: Kind
    detail: str


@dataclass(frozen=True, slots=True)
class Mock:
    """A mock interview that is over, with its score."""

    at: float
    """When it began, in seconds since the epoch."""
    folder: str
    """Where its answers and its log are, below the repository's root; no two have the same."""
    preset: str
    points: float
    """Of 100."""
    band: str
    document: dict[str, Any]
    """All of it, as docs/mock.schema.json has it."""


def digest_of(text: bytes) -> str:
    """What a version of a file is known by: its SHA-256."""
    return hashlib.sha256(text).hexdigest()


class Journal:
    """The journal in one folder. A context manager: leaving it closes the file."""

    def __init__(self, folder: Path) -> None:
        """Open the journal in `folder`, make it where there is none, and bring it up to date."""
        self._path = folder / NAME
        with self._trouble():
            folder.mkdir(parents=True, exist_ok=True)
            # Transactions are begun by hand, so that reading and writing within one is atomic.
            self._database = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
            # With WAL, a reader never waits for a writer; FULL, so that what has been said to be
            # kept is on the disk before anything is overwritten.
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = FULL")
            self._database.execute("PRAGMA foreign_keys = ON")
            self._migrate()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. What has been recorded is in it already."""
        self._database.close()

    def _migrate(self) -> None:
        newest = len(MIGRATIONS)
        with self._writing():
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
            if version > newest:
                raise JournalError(
                    f"{self._path} was written by a newer version of this project "
                    f"({version}; this one knows {newest}). Update with: make update"
                )
            for step in MIGRATIONS[version:]:
                for statement in filter(str.strip, step.split(";")):
                    self._database.execute(statement)
            self._database.execute(f"PRAGMA user_version = {newest}")

    def keep(self, text: bytes) -> str:
        """Keep a file's bytes, once however often they come; return their SHA-256."""
        digest = digest_of(text)
        with self._writing():
            self._insert_version(digest, text)
        return digest

    def _insert_version(self, digest: str, text: bytes) -> None:
        self._database.execute(
            "INSERT OR IGNORE INTO version VALUES (?, ?)", (digest, zlib.compress(text))
        )

    def text(self, digest: str) -> bytes:
        """The bytes with this SHA-256; JournalError when they are not there."""
        with self._trouble():
            row = self._database.execute(
                "SELECT text FROM version WHERE digest = ?", (digest,)
            ).fetchone()
        if row is None:
            raise JournalError(f"{self._path} has no version {digest[:12]}.")
        return zlib.decompress(row[0])

    def record(self, result: KataResult, text: bytes, at: float) -> Attempt:
        """Record that `text` was graded at `at` with this result; return the attempt."""
        digest = digest_of(text)
        failing = [prop.name for prop in result.properties if prop.verdict.fails]
        total = len(result.properties)
        with self._writing():
            self._insert_version(digest, text)
            self._database.execute(
                "INSERT INTO attempt (slug, at, digest, verdict, seconds, holding, total, failing)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    result.slug,
                    at,
                    digest,
                    result.verdict.value,
                    result.seconds,
                    total - len(failing),
                    total,
                    json.dumps(failing),
                ),
            )
        return self.attempts(result.slug)[-1]

    def attempts(self, slug: str | None = None) -> tuple[Attempt, ...]:
        """All attempts at a kata, or at all katas, the oldest first."""
        rows = self._rows(
            "SELECT row_number() OVER (PARTITION BY slug ORDER BY id), slug, at, digest, verdict,"
            " seconds, holding, total, failing FROM attempt"
            " WHERE slug = :slug OR :slug IS NULL ORDER BY id",
            slug=slug,
        )
        return tuple(_attempt(row) for row in rows)

    def note(self, slug: str, kind: Kind, at: float, detail: str = "") -> None:
        """Record that something happened to a kata."""
        with self._writing():
            self._database.execute(
                "INSERT INTO event (slug, at, kind, detail) VALUES (?, ?, ?, ?)",
                (slug, at, kind.value, detail),
            )

    def events(self, slug: str | None = None) -> tuple[Event, ...]:
        """All that happened to a kata, or to all katas, the oldest first."""
        rows = self._rows(
            "SELECT slug, at, kind, detail FROM event"
            " WHERE slug = :slug OR :slug IS NULL ORDER BY id",
            slug=slug,
        )
        return tuple(Event(row[0], row[1], Kind(row[2]), row[3]) for row in rows)

    def file(self, mock: Mock) -> None:
        """Keep a mock interview's score, once however often it comes."""
        with self._writing():
            self._database.execute(
                "INSERT OR IGNORE INTO mock (at, folder, preset, points, band, document)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    mock.at,
                    mock.folder,
                    mock.preset,
                    mock.points,
                    mock.band,
                    json.dumps(mock.document, ensure_ascii=False),
                ),
            )

    def mocks(self) -> tuple[Mock, ...]:
        """All mock interviews that are over, the oldest first."""
        rows = self._rows("SELECT at, folder, preset, points, band, document FROM mock ORDER BY id")
        return tuple(
            Mock(at, folder, preset, points, band, json.loads(document))
            for at, folder, preset, points, band, document in rows
        )

    def _rows(self, query: str, **values: object) -> list[Any]:
        with self._trouble():
            return self._database.execute(query, values).fetchall()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of it is kept, or nothing."""
        with self._trouble():
            # IMMEDIATE waits here for another writer, not halfway through.
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except Exception:
                # A full disk may have ended the transaction already.
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    @contextlib.contextmanager
    def _trouble(self) -> Iterator[None]:
        """Turn what SQLite and the system say into one sentence with a remedy."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise JournalError(f"{self._path}: {_remedy(error)}") from error


def _attempt(row: tuple[Any, ...]) -> Attempt:
    number, slug, at, digest, verdict, seconds, holding, total, failing = row
    names = tuple(json.loads(failing))
    return Attempt(number, slug, at, digest, Verdict(verdict), seconds, holding, total, names)


def _remedy(error: sqlite3.Error | OSError) -> str:
    said = str(error.strerror if isinstance(error, OSError) else error)
    text = said.lower()
    remedies = (
        ("full", "the disk is full. Make room; your file itself is untouched."),
        ("no space", "the disk is full. Make room; your file itself is untouched."),
        ("locked", "another check has been writing to it for 5 s. Try again when that has ended."),
        ("readonly", "it cannot be written to. Make the folder .kata/ writable."),
        ("read-only", "it cannot be written to. Make the folder .kata/ writable."),
        ("permission", "it cannot be written to. Make the folder .kata/ writable."),
        ("unable to open", "it cannot be opened. Make the folder .kata/ writable."),
        ("not a database", "it is damaged. Move it away; a new one is begun."),
        ("malformed", "it is damaged. Move it away; a new one is begun."),
    )
    return next((remedy for sign, remedy in remedies if sign in text), f"{said}.")
