"""How fast `kata grade` is, whether its memory stays flat, and its time in proportion.

    python benchmarks/batch.py [--sizes 100 1000 2000] [--processes 2] [--plain 20] [--examples N]

Submissions for kmeans are made of the answers under solutions/: half of them right, the others
wrong, but 2 % that hang and 2 % that crash. Each is a text of its own. The bar is eight verdicts a
second on two cores, without the time that goes into hanging ones; the largest size may take at most
a quarter longer a verdict than the smallest, and the memory of all processes may not grow by more
than a tenth from the second quarter to the last. Beside it: a pytest process a submission, as many
at once, on a sample.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from kata import batch, catalog, likeness, roster, verify
from kata.batch import Rules
from kata.catalog import Kata
from kata.fence import Level
from kata.gradebook import Gradebook
from kata.proxy import Search
from kata.reports import gradebook as report
from kata.verdict import Verdict

ROOT = Path(__file__).resolve().parent.parent
BAR, LINEAR, FLAT = 8.0, 1.25, 1.1
HANGS = "def kmeans(X, k, *, max_iter=300, seed=0):\n    while True:\n        pass\n"
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Measured:
    """One run."""

    size: int
    seconds: float
    hanging: float
    """Seconds of grading that hanging submissions took, all processes together."""
    rate: float
    memory: list[int] = field(default_factory=list)
    """Bytes of all processes when each result came in."""

    @property
    def growth(self) -> float:
        """The usual memory in the last quarter over that in the second, after all is loaded."""
        quarter = max(len(self.memory) // 4, 1)
        return median(self.memory[-quarter:]) / median(self.memory[quarter : 2 * quarter])


def texts(kata: Kata, size: int) -> Iterator[tuple[str, str]]:
    """Names and texts of `size` submissions, the same ones every time."""
    crash = (ROOT / "tests/golden/crash.py").read_text(encoding="utf-8")
    right = [kata.solutions / "reference.py", *sorted(kata.solutions.glob("accepted/*.py"))]
    # Those that wrap a library stand for the field, and are forbidden to learners.
    good = [text for path in right if "\nuses: " not in (text := path.read_text(encoding="utf-8"))]
    # Those that are too slow hang for as long as they may: the 2 % stand for them.
    wrong = [
        claim.path.read_text(encoding="utf-8")
        for claim in verify.claims(kata)
        if claim.verdict not in (Verdict.ACCEPTED, Verdict.TIME_LIMIT_EXCEEDED)
    ]
    chance = random.Random(0)  # noqa: S311 nothing secret
    for number in range(size):
        kind = number % 50
        if kind == 0:
            name, text = "hang", HANGS
        elif kind == 25:
            name, text = "crash", crash
        else:
            name, text = (
                ("good", chance.choice(good)) if kind % 2 else ("wrong", chance.choice(wrong))
            )
        yield f"{name}-{number:05}", f"{text}\n# Submission {number}.\n"


def grade(rules: Rules, people: Path, size: int, processes: int) -> Measured:
    """Grade all files in the folder, as `kata grade` does, with its gradebook and its summary."""
    entries = roster.find([str(people)], rules.kata.slug)
    measured = Measured(size, 0.0, 0.0, 0.0)
    engine, slots = batch.processes(processes)
    started = time.perf_counter()
    with Gradebook(people.parent / f"{size}.jsonl", rules.context) as book:

        def tick(_what: str, done: int, _total: int) -> None:
            measured.memory.append(resident(os.getpid()))
            if sys.stderr.isatty():
                print(f"\r{done} of {size}", end="", file=sys.stderr)

        batch.take_up(entries, rules, book, engine, slots, tick)
        counted = report.tally(book.records())
    report.table(counted, likeness.groups(counted.shapes))
    measured.seconds = time.perf_counter() - started
    rows = [row for row in counted.rows if row.name.startswith("hang")]
    measured.hanging = sum(row.seconds for row in rows)
    measured.rate = (size - len(rows)) / (measured.seconds - measured.hanging / processes)
    print(f"\n{size} submissions in {measured.seconds:.1f} s with {processes} processes")
    print(
        "  " + ", ".join(f"{count} {verdict}" for verdict, count in counted.verdicts.most_common())
    )
    slow = sorted(counted.rows, key=lambda row: -row.seconds)[:3]
    print("  longest: " + ", ".join(f"{row.name} {row.seconds:.1f} s" for row in slow))
    print(f"  {measured.rate:.2f} verdicts a second without the hanging ones   (bar: {BAR:g})")
    mebibytes = [f"{each / 2**20:.0f}" for each in measured.memory[:: max(size // 8, 1)]]
    print(f"  memory of all processes, MiB: {' '.join(mebibytes)}; grew to {measured.growth:.2f}")
    return measured


def resident(root: int) -> int:
    """Bytes that a process and all that it started have in memory; shared ones count often."""
    total = 0
    for pid in (found := [root]):
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, children.read_text().split())
        except (OSError, IndexError):
            continue  # it has ended
    return total


def plain(kata: Kata, files: Sequence[Path], processes: int) -> float:
    """Verdicts a second of a pytest process a submission."""

    def run(file: Path) -> int:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        command += [str(kata.grader), f"--kata-submission={file}"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode

    started = time.perf_counter()
    with ThreadPoolExecutor(processes) as pool:
        statuses = Counter(pool.map(run, files))
    seconds = time.perf_counter() - started
    rate = len(files) / seconds
    print(f"\npytest, a process each: {len(files)} in {seconds:.1f} s, {rate:.2f} a second")
    print(f"  exit statuses: {dict(statuses)}")
    return rate


def main() -> None:
    """Measure, print, and exit with 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--plain", type=int, default=20, help="submissions for pytest alone")
    parser.add_argument("--examples", type=int, help="examples a property, instead of its own")
    options = parser.parse_args()
    kata = catalog.choose(catalog.find(ROOT), "kmeans")
    rules = batch.rules(kata, Search(0, options.examples, shrink=False), None, Level.NONE)
    with tempfile.TemporaryDirectory() as folder:
        runs = []
        for size in sorted(options.sizes):
            people = Path(folder) / str(size)
            people.mkdir()
            for name, text in texts(kata, size):
                (people / f"{name}.py").write_text(text, encoding="utf-8")
            runs.append(grade(rules, people, size, options.processes))
        if options.plain:
            files = [path for path in sorted(people.iterdir()) if not path.name.startswith("hang")]
            sample = files[:: max(len(files) // options.plain, 1)][: options.plain]
            rate = plain(kata, sample, options.processes)
            print(f"  kata grade is {runs[-1].rate / rate:.1f} times as fast")
    slower = runs[0].rate / runs[-1].rate
    print(f"\na verdict of the largest size takes {slower:.2f} times as long (bar: {LINEAR:g})")
    sys.exit(runs[-1].rate < BAR or slower > LINEAR or any(run.growth > FLAT for run in runs))


if __name__ == "__main__":
    main()
