"""The journal: what it keeps, through crashes, crowds, full disks and newer versions."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kata import journal
from kata.journal import Journal, JournalError, Kind
from kata.verdict import KataResult, PropertyResult, Verdict


def result(*verdicts: Verdict, slug: str = "echo") -> KataResult:
    properties = (PropertyResult(f"test_{i}", "", v, seconds=0.5) for i, v in enumerate(verdicts))
    return KataResult(slug, f"{slug}.py", tuple(properties))


def test_an_attempt_is_recorded_with_its_file(tmp_path: Path) -> None:
    with Journal(tmp_path) as kept:
        kept.record(result(Verdict.ACCEPTED), b"first", 1.0)
        attempt = kept.record(result(Verdict.ACCEPTED, Verdict.WRONG_ANSWER), b"second", 2.0)
        assert kept.text(attempt.digest) == b"second"
    with Journal(tmp_path) as again:
        assert again.attempts("echo")[-1] == attempt
    assert (attempt.number, attempt.verdict, attempt.at) == (2, Verdict.WRONG_ANSWER, 2.0)
    assert (attempt.holding, attempt.total, attempt.failing) == (1, 2, ("test_1",))


def test_attempts_are_numbered_for_each_kata(tmp_path: Path) -> None:
    with Journal(tmp_path) as kept:
        for slug in ("echo", "other", "echo"):
            kept.record(result(Verdict.ACCEPTED, slug=slug), b"", 1.0)
        assert [(a.slug, a.number) for a in kept.attempts()] == [
            ("echo", 1),
            ("other", 1),
            ("echo", 2),
        ]
        assert [a.number for a in kept.attempts("echo")] == [1, 2]


def test_equal_versions_are_stored_once(tmp_path: Path) -> None:
    with Journal(tmp_path) as kept:
        for at in range(3):
            kept.record(result(Verdict.ACCEPTED), b"the same", float(at))
        assert kept.keep(b"the same") == kept.attempts("echo")[0].digest
    database = sqlite3.connect(tmp_path / journal.NAME)
    assert database.execute("SELECT count(*) FROM version").fetchone() == (1,)


def test_events_are_kept_in_their_order(tmp_path: Path) -> None:
    with Journal(tmp_path) as kept:
        kept.note("echo", Kind.HINT, 1.0, "1")
        kept.note("other", Kind.RESET, 2.0)
        kept.note("echo", Kind.GIVE_UP, 3.0)
        assert [e.kind for e in kept.events("echo")] == [Kind.HINT, Kind.GIVE_UP]
        assert len(kept.events()) == 3


def test_two_checks_at_once_both_leave_their_record(tmp_path: Path) -> None:
    def record(at: int) -> None:
        with Journal(tmp_path) as kept:
            kept.record(result(Verdict.ACCEPTED), str(at).encode(), float(at))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(record, range(40)))
    with Journal(tmp_path) as kept:
        assert sorted(a.at for a in kept.attempts()) == [float(at) for at in range(40)]


WRITER = """
import sys; from pathlib import Path; from kata.journal import Journal
with Journal(Path(sys.argv[1])) as kept:
    for number in range(100_000):
        kept.keep(str(number).encode())
        print(number, flush=True)
"""


def test_what_was_said_to_be_kept_survives_a_kill(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    lines = [writer.stdout.readline() for _ in range(20)]
    writer.send_signal(signal.SIGKILL)
    lines += writer.stdout.readlines()
    writer.wait()
    with Journal(tmp_path) as kept:
        for number in map(int, lines):
            assert kept.text(kept.keep(str(number).encode())) == str(number).encode()
        stored = sqlite3.connect(tmp_path / journal.NAME).execute("SELECT count(*) FROM version")
        assert stored.fetchone()[0] in (len(lines), len(lines) + 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write where the mode forbids it")
def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(JournalError, match=r"journal\.sqlite3: .* writable"):
        Journal(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / ".kata").write_text("")
    with pytest.raises(JournalError, match="File exists"):
        Journal(tmp_path / ".kata")


def test_a_full_disk_is_called_one(tmp_path: Path) -> None:
    with Journal(tmp_path) as kept:
        kept._database.execute("PRAGMA max_page_count = 1")  # what SQLite does when no page is left
        with pytest.raises(JournalError, match="the disk is full"):
            kept.keep(os.urandom(1 << 20))
        kept._database.execute("PRAGMA max_page_count = 100000")
        kept.keep(b"there is room again")


def test_a_damaged_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / journal.NAME).write_bytes(b"no database" * 1000)
    with pytest.raises(JournalError, match=r"damaged\. Move it away"):
        Journal(tmp_path)
    assert (tmp_path / journal.NAME).read_bytes().startswith(b"no database")


def test_a_journal_from_the_future_is_left_alone(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    database = sqlite3.connect(tmp_path / journal.NAME)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(JournalError, match=r"newer version .* make update"):
        Journal(tmp_path)


def test_an_older_journal_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal(tmp_path) as kept:
        kept.record(result(Verdict.ACCEPTED), b"old", 1.0)
    added = "ALTER TABLE attempt ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm';"
    monkeypatch.setattr(journal, "MIGRATIONS", (*journal.MIGRATIONS, added))
    with Journal(tmp_path) as kept:
        assert kept.attempts("echo")[0].at == 1.0
        assert kept._rows("SELECT mood FROM attempt") == [("calm",)]
