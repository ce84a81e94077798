"""What one call over the wire costs, from the grader's call to the decoded answer.

    python benchmarks/wire.py [--calls 200]

The learner's function returns its argument, so the figures are those of isolation alone: sending,
decoding, comparing the arguments afterwards, and the same way back. Medians, against the bars.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from kata.catalog import Kata
from kata.policy import Rules
from kata.proxy import Search, Submission, set_up
from kata.sandbox import Sandbox

CASES = {
    "10x3 floats": (np.random.default_rng(0).normal(size=(10, 3)), 0.5),
    "8 MB of floats": (np.random.default_rng(0).normal(size=(1000, 1000)), 20.0),
    "1000x8 DataFrame": (
        pd.DataFrame(
            {
                "a": np.arange(1000.0),
                "b": np.arange(1000),
                "c": [f"name {i}" for i in range(1000)],
                "d": pd.date_range("2026-01-01", periods=1000),
                "e": np.arange(1000) % 2 == 0,
                "f": pd.Categorical([f"c{i % 7}" for i in range(1000)]),
                "g": [None if i % 9 == 0 else f"text {i}" for i in range(1000)],
                "h": np.arange(1000) / 7,
            }
        ),
        5.0,
    ),
}


def main() -> None:
    """Measure, print the table, and exit with 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--calls", type=int, default=200)
    calls = parser.parse_args().calls
    missed = False
    with tempfile.TemporaryDirectory() as name, Sandbox() as sandbox:
        root = Path(name)
        kata = Kata("echo", root, "Easy", "", (), 1, (), ("numpy", "pandas"), Rules())
        kata.folder.mkdir(parents=True)
        kata.stub.write_text("def echo(value):\n    return value\n")
        bench = set_up(sandbox, kata, kata.stub, Search())
        for case, (value, bar) in CASES.items():
            bench.start_property(600.0)
            submission = Submission(bench)
            submission.echo(value)
            times = []
            for _ in range(calls):
                started = time.perf_counter()
                submission.echo(value)
                times.append(1000 * (time.perf_counter() - started))
                bench.start_example({})
            median = statistics.median(times)
            missed |= median > bar
            print(f"{case:<18}{median:8.2f} ms   (bar: {bar} ms)")
        bench.close()
    sys.exit(missed)


if __name__ == "__main__":
    main()
