"""What fewer examples a property save, and which mistakes they no longer catch.

    python benchmarks/examples.py [--kata kmeans] [--examples 1 5 10 25] [--processes 2]

The mistakes are the answers under rejected/ and the mutants of the reference that are not listed as
equivalent; one is caught when any property fails. The time is that of the right answers once the
examples are drawn, as `kata grade` has it: the least of three rounds, as a share of what it is with
each property's own number of examples, which is the last row. Examples that a grader spells out are
tried in any case. This is for choosing `kata grade --examples`; no bar.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kata import catalog, equivalent, mutant, verify
from kata.catalog import Kata
from kata.pool import Job, Pool
from kata.proof import mutant_job
from kata.proxy import Search
from kata.verdict import Verdict

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3


def jobs(kata: Kata, texts: Sequence[str], search: Search) -> list[Job]:
    """A job for each answer with one of these texts, over at the first property that fails."""
    names = [test.__name__ for test, _ in verify.properties(kata)]
    return [mutant_job(kata, names, text, (search,)) for text in texts]


def caught(pool: Pool, wrong: Sequence[Job]) -> int:
    """How many of these wrong answers fail."""
    return sum(
        any(finding.verdict.fails for finding in findings) for _, findings in pool.grade(wrong)
    )


def timed(series: Sequence[Sequence[Job]]) -> list[float]:
    """Seconds that each series of right answers takes: the least of rounds that take turns."""
    with Pool(1) as pool:
        rounds = [
            [
                sum(one.seconds for _, findings in pool.grade(right) for one in findings)
                for right in series
            ]
            for _ in range(1 + ROUNDS)
        ]
    # In the first one the examples are drawn.
    return [min(spent) for spent in zip(*rounds[1:], strict=True)]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kata", default="kmeans")
    parser.add_argument("--examples", type=int, nargs="+", default=[1, 5, 10, 25])
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    kata = catalog.choose(catalog.find(ROOT), options.kata)
    claims = verify.claims(kata)
    texts = {claim: claim.path.read_text(encoding="utf-8") for claim in claims}
    # What wraps a library stands for the field, and is forbidden to learners.
    right = [texts[one] for one in claims if one.verdict is Verdict.ACCEPTED and not one.uses]
    wrong = [texts[one] for one in claims if one.verdict is not Verdict.ACCEPTED]
    listed = equivalent.read(kata.solutions / "equivalent.toml")
    made = [one.text for one in mutant.mutants(texts[claims[0]]) if one.identity not in listed]
    searches = [
        Search(examples=examples, shrink=False) for examples in (*sorted(options.examples), None)
    ]
    seconds = timed(
        [[replace(job, most=None) for job in jobs(kata, right, search)] for search in searches]
    )
    print(f"{kata.slug}: {len(wrong)} rejected answers, {len(made)} mutants\n")
    print("| examples a property | rejected answers caught | mutants caught | time |")
    print("| --- | ---: | ---: | ---: |")
    with Pool(options.processes) as pool:
        for search, spent in zip(searches, seconds, strict=True):
            counts = [caught(pool, jobs(kata, each, search)) for each in (wrong, made)]
            cells = [search.examples or "its own", *counts, f"{spent / seconds[-1]:.0%}"]
            print(f"| {' | '.join(map(str, cells))} |", flush=True)


if __name__ == "__main__":
    main()
