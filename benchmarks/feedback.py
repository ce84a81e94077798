"""How long `kata check` takes on an accepted answer, against what it cannot do without.

    python benchmarks/feedback.py [--kata kmeans] [--rounds 7]

The yardstick is two processes, run in turn with the command: one that only imports pytest,
Hypothesis, NumPy and pandas, and one that runs the same properties on the same examples with the
answer imported into the grader's own process, of which only the properties' time counts. The bar
is a ratio of 1.5 between the medians.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BAR = 1.5

IMPORTS = "import pytest, hypothesis, numpy, pandas"


def seconds(command: list[str]) -> float:
    """Wall time of a command that must succeed."""
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def bare_properties(slug: str) -> float:
    """The properties' time in a process that imports the answer itself."""
    command = [sys.executable, "benchmarks/unisolated.py", slug]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout)


def main() -> None:
    """Measure, print the table, and exit with 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kata", default="kmeans")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    answer = f"solutions/{options.kata}/reference.py"
    check = [sys.executable, "-m", "kata", "check", options.kata, "--file", answer]
    imports, bare, whole = [], [], []
    for _ in range(options.rounds):
        imports.append(seconds([sys.executable, "-c", IMPORTS]))
        bare.append(bare_properties(options.kata))
        whole.append(seconds(check))
    medians = [statistics.median(times) for times in (imports, bare, whole)]
    ratio = medians[2] / (medians[0] + medians[1])
    print(f"kata check {options.kata}, medians of {options.rounds} rounds")
    print(f"  imports alone                 {medians[0]:6.2f} s")
    print(f"  properties without isolation  {medians[1]:6.2f} s")
    print(f"  kata check, all of it         {medians[2]:6.2f} s")
    print(f"  ratio                         {ratio:6.2f}   (bar: {BAR})")
    sys.exit(ratio > BAR)


if __name__ == "__main__":
    main()
