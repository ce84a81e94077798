"""Which verdicts hang on how fast the machine is.

    python benchmarks/machines.py [KATA ...] [--paces 0.25 4] [--processes 2]

To a verdict, a machine of four times the speed is one whose limits of seconds are four times as
long: budgets and growth are relative as it is. At each pace every answer must get the verdict that
it claims; on a faster machine only those can change that are rejected for their cost. Prints what
does change, and exits with 1 if anything does.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from kata import catalog, progress, verify
from kata.budget import CALL_SECONDS
from kata.judge import judge
from kata.proof import FULL, QUICK, SLOW
from kata.proxy import set_up
from kata.sandbox import Sandbox
from kata.verdict import KataResult

ROOT = Path(__file__).resolve().parent.parent
SLOWER, FASTER = 0.25, 4.0


def change(slug: str, at: int, pace: float) -> str:
    """How the verdict on one answer differs, at a pace, from what the answer claims."""
    kata = catalog.choose(catalog.find(ROOT), slug)
    claim = verify.claims(kata)[at]
    results = []
    with Sandbox() as sandbox:
        bench = set_up(sandbox, kata, claim.path, FULL, claim.uses)
        for test, limit in verify.properties(kata):
            bench.search = FULL if claim.property in ("", test.__name__) else QUICK
            seconds = vars(test).get("kata_call_seconds", CALL_SECONDS)
            test.__dict__["kata_call_seconds"] = pace * seconds
            results.append(judge(test, bench, limit * pace)[0])
        bench.close()
    return verify.refutation(claim, KataResult(slug, str(claim.path), tuple(results)))


def main() -> None:
    """Grade and print; exit with 1 when a verdict changes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("katas", nargs="*", metavar="KATA")
    parser.add_argument("--paces", type=float, nargs="+", default=[SLOWER, FASTER])
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    every = catalog.find(ROOT)
    katas = [catalog.choose(every, slug) for slug in options.katas] or every
    jobs = {}
    changed = 0
    # Not forked: the bar has a thread of its own.
    fresh = ProcessPoolExecutor(options.processes, get_context("spawn"))
    with fresh as pool, progress.shown() as tick:
        for kata in katas:
            for at, claim in enumerate(verify.claims(kata)):
                for pace in options.paces:
                    if pace < 1 or claim.verdict in SLOW:
                        jobs[pool.submit(change, kata.slug, at, pace)] = (claim.path, pace)
        for done, job in enumerate(as_completed(jobs), 1):
            tick("grading", done, len(jobs))
            if refutation := job.result():
                changed += 1
                path, pace = jobs[job]
                print(f"{path.relative_to(ROOT)} at pace {pace:g}: {refutation}", flush=True)
    print(f"{len(jobs)} gradings, {changed} verdicts that hang on the machine")
    sys.exit(changed > 0)


if __name__ == "__main__":
    main()
