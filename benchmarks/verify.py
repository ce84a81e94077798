"""How many verdicts on mutants a proof reaches in a second.

    python benchmarks/verify.py [--kata kmeans] [--processes 2]

Every mutant of the kata's reference is graded anew, nothing is recalled and nothing kept. Survivors
are searched in full, so they are most of the time. The bar is ten verdicts a second on two cores.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from kata import catalog, mutant
from kata.pool import Pool
from kata.proof import mutant_job
from kata.verify import properties

ROOT = Path(__file__).resolve().parent.parent
BAR = 10.0


def main() -> None:
    """Measure, print, and exit with 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kata", default="kmeans")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    kata = catalog.choose(catalog.find(ROOT), options.kata)
    names = tuple(test.__name__ for test, _ in properties(kata))
    reference = (kata.solutions / "reference.py").read_text(encoding="utf-8")
    jobs = [mutant_job(kata, names, one.text) for one in mutant.mutants(reference)]
    verdicts: Counter[str] = Counter()
    with Pool(options.processes) as pool:
        warm = [mutant_job(kata, names, f"{reference}\n# {n}\n") for n in range(options.processes)]
        for _ in pool.grade(warm):
            pass
        started = time.perf_counter()
        for _, findings in pool.grade(jobs):
            verdicts[findings[-1].verdict] += 1
        seconds = time.perf_counter() - started
    rate = len(jobs) / seconds
    print(f"{kata.slug}: {len(jobs)} mutants in {seconds:.1f} s with {options.processes} processes")
    print("  " + ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common()))
    print(f"  {rate:.1f} verdicts a second   (bar: {BAR:g})")
    sys.exit(rate < BAR)


if __name__ == "__main__":
    main()
