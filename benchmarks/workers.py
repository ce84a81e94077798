"""What each level of the sandbox costs: a fresh worker's first answer, and a call.

    python benchmarks/workers.py [--rounds 40]

The levels take turns, so that a busy machine slows them all alike. The ratios are to the level
`none`, whose workers have limits and a user of their own and no more. Medians, against the bars.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from kata.catalog import Kata
from kata.fence import Level
from kata.policy import Rules
from kata.proxy import Search, Submission, set_up
from kata.sandbox import Sandbox, lack

ANSWER_BAR = 20.0
"""Milliseconds from asking for a worker to its first answer."""

CALL_BAR = 1.2
"""How many times as long a call may take as without a fence."""

CALLS = 50


def main() -> None:
    """Measure, print the table, and exit with 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    levels = [level for level in Level if not lack(level)]
    answers: dict[Level, list[float]] = {level: [] for level in levels}
    calls: dict[Level, list[float]] = {level: [] for level in levels}
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        kata = Kata("echo", root, "Easy", "", (), 1, (), ("numpy",), Rules())
        kata.folder.mkdir(parents=True)
        kata.stub.write_text("def echo(value):\n    return value\n")
        sandboxes = {
            level: stack.enter_context(Sandbox(level=level, folders=[root])) for level in levels
        }
        for number in range(rounds + 1):
            for level, sandbox in sandboxes.items():
                bench = set_up(sandbox, kata, kata.stub, Search())
                bench.start_property(600.0)
                started = time.perf_counter()
                Submission(bench).echo(number)
                answer = 1000 * (time.perf_counter() - started)
                # The worker for the next property is getting ready meanwhile: not to be counted.
                if bench._spare is not None:
                    bench._spare.reply()
                times = []
                for _ in range(CALLS):
                    started = time.perf_counter()
                    Submission(bench).echo(number)
                    times.append(1000 * (time.perf_counter() - started))
                bench.close()
                if number:  # the first one waits for the libraries
                    answers[level].append(answer)
                    calls[level].append(statistics.median(times))
    missed = False
    print(f"{'level':<14}{'first answer':>16}{'ratio':>8}{'call':>14}{'ratio':>8}")
    for level in levels:
        answer, call = statistics.median(answers[level]), statistics.median(calls[level])
        # Of rounds, each with its neighbours in time.
        slower, dearer = (
            statistics.median(
                ours / base for ours, base in zip(of[level], of[Level.NONE], strict=True)
            )
            for of in (answers, calls)
        )
        missed |= answer > ANSWER_BAR or dearer > CALL_BAR
        print(f"{level!s:<14}{answer:13.2f} ms{slower:8.2f}{call:11.3f} ms{dearer:8.2f}")
    print(f"bars: {ANSWER_BAR} ms for a first answer, a ratio of {CALL_BAR} for a call")
    sys.exit(missed)


if __name__ == "__main__":
    main()
