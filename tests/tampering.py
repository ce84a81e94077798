"""Builds the submissions of tamper/ and grades them, in pytest or as an ordinary user by command.

`python tests/tampering.py REPOSITORY FOLDER LEVEL NAME...` prints the verdict of each as a line of
JSON; LEVEL is that of the sandbox, or auto.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from kata import catalog, sandbox, verify
from kata.catalog import Kata
from kata.fence import Level
from kata.judge import judge
from kata.proxy import Search, set_up
from kata.sandbox import Sandbox
from kata.verdict import PropertyResult, Verdict, worst

HERE = Path(__file__).parent
ROOT = HERE.parent
CORPUS = HERE / "tamper"

FINAL = (
    Verdict.LOAD_ERROR,
    Verdict.FORBIDDEN,
    Verdict.TIME_LIMIT_EXCEEDED,
    Verdict.MEMORY_LIMIT_EXCEEDED,
)
"""Verdicts after which the quick way does not look at the other properties."""

SHORT = 0.5
"""Seconds that a call, and loading, may take of what hangs."""

FIRST = 5
"""So many properties a good one is tried on in the quick way: what is odd about it is so of all."""

MARK = "KATA_TAMPER"
"""The variable by which every process that descends from the sandbox is known, whatever it did."""

LEFT = "kata_left"
"""What the names of files begin with that the submissions try to leave behind."""


@dataclass(frozen=True, slots=True)
class Case:
    """One submission, and the verdicts that are right for it."""

    name: str
    group: str
    does: str
    right: frozenset[Verdict]
    base: str = ""
    build: str = ""
    examples: int = 2
    """How many are drawn a property, the curated ones aside, where the grading is not thorough."""
    measured: bool = False
    """Whether a good one's cost is measured as well then, since what it does may add to it."""

    def write(self, folder: Path, kata: Kata) -> Path:
        """Make the submission in `folder`, which must be empty; return its path."""
        path, answer = folder / "kmeans.py", kata.solutions / "reference.py"
        if self.build:
            BUILDERS[self.build](path, answer.read_bytes())
            return path
        bases = {
            "right": answer,
            "plain": kata.solutions / "accepted" / "plain_python_lists.py",
            "wrong": CORPUS / "base_wrong.py",
        }
        parts = [bases[self.base].read_text(encoding="utf-8")] if self.base else []
        parts.append((CORPUS / "submissions" / self.group / f"{self.name}.py").read_text("utf-8"))
        path.write_text("\n\n".join(parts), encoding="utf-8")
        return path


def cases() -> tuple[Case, ...]:
    """All submissions of the manifest."""
    manifest = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))
    return tuple(
        Case(**{**entry, "right": frozenset(map(Verdict, entry["right"]))})
        for entry in manifest["submission"]
    )


BUILDERS: dict[str, Callable[[Path, bytes], object]] = {
    "windows": lambda path, answer: path.write_bytes(
        b"\xef\xbb\xbf" + answer.replace(b"\n", b"\r\n"),
    ),
    "empty": lambda path, _: path.write_bytes(b""),
    "elf": lambda path, _: path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(9) + bytes(range(256))),
    "comments": lambda path, answer: path.write_bytes(b"# a comment\n" * 2_500_000 + answer),
    "latin_1": lambda path, answer: path.write_bytes("# caf\xe9\n".encode("latin-1") + answer),
    "utf_16": lambda path, answer: path.write_bytes(answer.decode().encode("utf-16")),
    "folder": lambda path, _: path.mkdir(),
    "dev_zero": lambda path, _: path.symlink_to("/dev/zero"),
    "fifo": lambda path, _: os.mkfifo(path),
    "brackets": lambda path, answer: path.write_bytes(answer + b"\n" + b"(" * 100_000),
    "operators": lambda path, answer: path.write_bytes(answer + b"\nN = 0" + b" + 1" * 200_000),
    "null_bytes": lambda path, answer: path.write_bytes(answer.replace(b"\n", b"\n\0")),
    "encoding": lambda path, answer: path.write_bytes(b"# coding: no_such_encoding\n" + answer),
}


def grade(
    box: Sandbox, kata: Kata, case: Case, path: Path, *, thorough: bool = False
) -> tuple[PropertyResult, ...]:
    """What the real grader finds, property after property.

    Unless it is `thorough`, with the curated examples and a few more, with short limits for what
    hangs, and only until the verdict is as good as settled.
    """
    bench = set_up(box, kata, path, Search(examples=None if thorough else case.examples))
    results: list[PropertyResult] = []
    with contextlib.ExitStack() as stack:
        stack.callback(bench.close)
        if case.group == "hang" and not thorough:
            stack.enter_context(mock.patch("kata.judge.CALL_SECONDS", SHORT))
            stack.enter_context(mock.patch("kata.proxy.LOAD_SECONDS", SHORT))
        tests = verify.properties(kata)
        if case.group == "good" and not (thorough or case.measured):
            tests = [each for each in tests if vars(each[0]).get("kata_searches")][:FIRST]
        for test, limit in tests:
            results.append(judge(test, bench, limit)[0])
            settled = results[-1].verdict in FINAL or sum(r.verdict.fails for r in results) == 2
            if settled and not thorough:
                break
    return tuple(results)


def verdict(results: tuple[PropertyResult, ...]) -> Verdict:
    """The verdict on the whole submission."""
    return worst(result.verdict for result in results)


def marked_sandbox(mark: str, folder: Path, level: Level | None) -> Sandbox:
    """A sandbox with a learner's limits, all of whose processes can be told by the mark.

    `folder` is where the katas lie whose folders workers start in.
    """
    sandbox.ENVIRONMENT[MARK] = mark
    try:
        return Sandbox(level=level, folders=[folder])
    finally:
        del sandbox.ENVIRONMENT[MARK]


def level(name: str) -> Level | None:
    """The sandbox level of this name; None for auto, the strongest that there is."""
    return next((level for level in Level if str(level) == name), None)


def marked_processes(mark: str) -> set[int]:
    """The processes that carry the mark, except those that have ended."""
    return {pid for pid in _processes() if _is_marked(pid, f"{MARK}={mark}".encode())}


def _processes() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def _is_marked(pid: int, mark: bytes) -> bool:
    try:
        # Of one that has ended and is not reaped yet, it is empty.
        return mark in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def traces(*folders: Path) -> set[tuple[str, int, int]]:
    """Every file below the folders, with its size and when it was last changed."""
    found = set()
    for folder in folders:
        for place, _, files in os.walk(folder):
            for path in (Path(place), *(Path(place) / name for name in files)):
                try:
                    facts = path.lstat()
                except FileNotFoundError:
                    continue
                size = 0 if stat.S_ISDIR(facts.st_mode) else facts.st_size
                found.add((str(path), size, facts.st_mtime_ns))
    return found


def main() -> None:
    """Grade the named cases, each in a folder of its own below FOLDER."""
    root, folder, name, *names = sys.argv[1:]
    kata = catalog.choose(catalog.find(Path(root)), "kmeans")
    with Sandbox(level=level(name), folders=[Path(root)]) as box:
        for case in cases():
            if case.name in names:
                place = Path(folder) / case.name
                place.mkdir()
                found = verdict(grade(box, kata, case, case.write(place, kata)))
                print(json.dumps([case.name, found.value]), flush=True)


if __name__ == "__main__":
    main()
