"""What has been graded before, kept in .kata/verify/ so that nothing is graded twice.

One file a kata, one line of JSON a job. A line holds as long as its key is asked for: the key is
the digest of the job and of all that its outcome depends on. Lines are appended as they come in,
so a run that is broken off is taken up where it was.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kata.catalog import Kata
from kata.pool import Finding, Job
from kata.verdict import Cost, Verdict

FOLDER = ".kata/verify"

ENGINE = (
    "bubblewrap",
    "budget",
    "catalog",
    "complexity",
    "cost",
    "counterexample",
    "fence",
    "forkserver",
    "grading",
    "guard",
    "judge",
    "kernel",
    "landlock",
    "literal",
    "memory",
    "policy",
    "pool",
    "privilege",
    "processor",
    "proxy",
    "recall",
    "recheck",
    "rejection",
    "request",
    "sandbox",
    "sandboxes",
    "seccomp",
    "stopwatch",
    "submission",
    "tally",
    "verdict",
    "verify",
    "wire",
    "worker",
)
"""The modules that grading runs; a test holds them to what is imported."""


class Ledger:
    """The findings for one kata, as long as its grader and the engine stay as they are."""

    def __init__(self, kata: Kata) -> None:
        self._root = kata.root
        self._context = context(kata)
        self._path = kata.root / FOLDER / f"{kata.slug}.jsonl"
        self._known: dict[str, tuple[Finding, ...]] = {}
        lines = self._read()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # What belongs to an older grader will not be asked for again. In one step, for what is
        # lost here takes hours to find out again.
        other = self._path.with_suffix(".new")
        other.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        other.replace(self._path)

    def _read(self) -> list[str]:
        if not self._path.exists():
            return []
        kept = []
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                entry = json.loads(line)
                findings = tuple(_finding(plain) for plain in entry["findings"])
            except (ValueError, KeyError, TypeError):
                continue  # a line that was cut short when the run was broken off
            if entry.get("context") == self._context:
                self._known[entry["job"]] = findings
                kept.append(line)
        return kept

    def recall(self, job: Job) -> tuple[Finding, ...] | None:
        """The findings of the same job at an earlier time, if there are any."""
        return self._known.get(_key(job))

    def digest(self, jobs: Iterable[Job]) -> str:
        """What stands for these jobs, and for all that their outcomes depend on.

        Beyond this clone that is also what contributors have installed, which answers may wrap.
        """
        locked = self._root / "requirements-dev.txt"
        libraries = hashlib.sha256(locked.read_bytes() if locked.exists() else b"none").hexdigest()
        said = [self._context, libraries, *map(_key, jobs)]
        return hashlib.sha256(" ".join(said).encode()).hexdigest()[:24]

    def note(self, job: Job, findings: tuple[Finding, ...]) -> None:
        """Keep the findings."""
        key = _key(job)
        self._known[key] = findings
        entry = {
            "context": self._context,
            "job": key,
            "file": job.path.name,
            "findings": [asdict(finding) for finding in findings],
        }
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")


def _finding(plain: dict[str, Any]) -> Finding:
    costs = tuple(Cost(**cost) for cost in plain["costs"])
    return Finding(**{**plain, "verdict": Verdict(plain["verdict"]), "costs": costs})


def context(kata: Kata) -> str:
    """The digest of all that an outcome depends on beside the job: engine, libraries, grader.

    The grader's own file counts, and what graders share; not the other graders.
    """
    engine = Path(__file__).parent
    shared = (path for path in kata.grader.parent.glob("*.py") if not _is_grader(path))
    data = (path for path in kata.folder.glob("*") if path.suffix not in (".py", ".md"))
    files = [
        *(engine / f"{name}.py" for name in ENGINE),
        engine.parent / "requirements.txt",
        kata.grader,
        *sorted(shared),
        *sorted(path for path in data if path.is_file()),
    ]
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest() if file.exists() else b"none")
    return digest.hexdigest()[:16]


def _is_grader(path: Path) -> bool:
    return path.name.startswith("test_")


def _key(job: Job) -> str:
    tries = [(one.property, asdict(one.search)) for one in job.tries]
    said = [tries, sorted(job.uses), job.most, job.again, job.lead]
    return hashlib.sha256(json.dumps(said).encode() + b"\0" + job.text).hexdigest()[:24]
