"""How often budgets give a wrong verdict, on an idle machine and with every core busy.

    python benchmarks/budgets.py [--runs 200] [--seconds 80] [--machine idle|busy]

The properties are those of kmeans, the submissions answers under solutions/: one good, one slow,
two of a wrong complexity. `--seconds` bounds each row of the table, which says how many runs
there were. The share of the bar is what was measured over what is allowed: over 1 is a failure.
Which line of a slow answer takes the time is not looked for, as that comes after the verdict.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kata import catalog, verify
from kata.catalog import Kata
from kata.judge import judge
from kata.proxy import Search, set_up
from kata.sandbox import Sandbox

ROOT = Path(__file__).resolve().parent.parent
TIME, GROWTH = "times_as_long", "linearly"
CASES = (
    ("good", "reference.py", TIME, False),
    ("good", "reference.py", GROWTH, False),
    ("slow", "rejected/loops_over_rows_and_centroids.py", TIME, True),
    ("wrong complexity", "rejected/compares_every_row_with_all.py", GROWTH, True),
    ("wrong complexity", "rejected/distances_between_all_rows.py", GROWTH, True),
)

MACHINES = (("idle", "as it is", 0), ("busy", "every core busy", os.cpu_count() or 1))


@contextlib.contextmanager
def busy(processes: int) -> Iterator[None]:
    """Keep so many processors at work meanwhile."""
    command = [sys.executable, "-c", "while True: sum(range(10_000))"]
    started = [subprocess.Popen(command) for _ in range(processes)]
    try:
        yield
    finally:
        for process in started:
            process.kill()
            process.wait()


def chosen(words: str) -> tuple[Kata, verify.Property, float]:
    """kmeans, its one property with these words in the name, and the limit in seconds."""
    kata = catalog.choose(catalog.find(ROOT), "kmeans")
    [(test, limit)] = [pair for pair in verify.properties(kata) if words in pair[0].__name__]
    return kata, test, limit


def row(sandbox: Sandbox, file: str, words: str, runs: int, seconds: float) -> list[float]:
    """The shares of the bar that runs of one property found; infinity where it was cut off."""
    kata, test, limit = chosen(words)
    bench = set_up(sandbox, kata, kata.solutions / file, Search(shrink=False))
    shares: list[float] = []
    end = time.monotonic() + seconds
    while len(shares) < runs and time.monotonic() < end:
        result, _ = judge(test, bench, limit)
        worst = max((cost.share for cost in result.costs), default=float("inf"))
        # A verdict is what counts: a call that was cut off leaves no cost.
        shares.append(worst if result.verdict.fails == (worst > 1) else float("inf"))
    bench.close()
    return shares


def main() -> None:
    """Measure and print the table; exit with 1 when any verdict was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=80.0)
    parser.add_argument("--machine", choices=("idle", "busy"), help="only this half of the table")
    options = parser.parse_args()
    wrong = 0
    print("| machine | submission | property | runs | wrong | share of the bar |")
    print("| --- | --- | --- | --- | --- | --- |")
    with Sandbox() as sandbox:
        for machine, title, loops in MACHINES:
            if options.machine not in (None, machine):
                continue
            with busy(loops):
                for name, file, words, fails in CASES:
                    shares = row(sandbox, file, words, options.runs, options.seconds)
                    bad = sum((share > 1) != fails for share in shares)
                    wrong += bad
                    cells = [title, f"{name}: {Path(file).stem}", words, len(shares), bad]
                    cells.append(f"{min(shares):.2f} to {max(shares):.2f}")
                    print(f"| {' | '.join(map(str, cells))} |", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
