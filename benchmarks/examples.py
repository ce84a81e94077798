"""What fewer examples a property save, and which mistakes they no longer catch.

    python benchmarks/examples.py [--kata kmeans] [--examples 1 5 10 25] [--processes 2]

The mistakes are the answers under rejected/ and the mutants of the reference that are not listed as
equivalent; one is caught when any property fails. The time is that of the right answers, as a share
of what it is with each property's own number of examples, which is the last row. Examples that a
grader spells out are tried in any case. This is for choosing `kata grade --examples`; no bar.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kata import catalog, equivalent, mutant, verify
from kata.catalog import Kata
from kata.pool import Job, Pool, Try
from kata.proof import mutant_job
from kata.proxy import Search
from kata.verdict import Verdict
from kata.verify import Claim

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Row:
    """One number of examples, or each property's own."""

    examples: int | None
    seconds: float
    """What the right answers took, all together."""
    rejected: int
    mutants: int


def answers(kata: Kata, search: Search, claims: Sequence[Claim], most: int | None) -> list[Job]:
    """A job for each answer, of all properties in this search."""
    tries = tuple(Try(test.__name__, search) for test, _ in verify.properties(kata))
    return [
        Job(kata, claim.path, claim.path.read_bytes(), tries, claim.uses, most=most)
        for claim in claims
    ]


def caught(pool: Pool, jobs: Sequence[Job]) -> int:
    """How many of these wrong answers fail."""
    return sum(
        any(finding.verdict.fails for finding in findings) for _, findings in pool.grade(jobs)
    )


def timed(jobs: Sequence[Job]) -> float:
    """Seconds that these right answers take, after one that has the examples drawn."""
    with Pool(1) as pool:
        for _ in pool.grade(jobs[:1]):
            pass
        return sum(finding.seconds for _, findings in pool.grade(jobs[1:]) for finding in findings)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kata", default="kmeans")
    parser.add_argument("--examples", type=int, nargs="+", default=[1, 5, 10, 25])
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    kata = catalog.choose(catalog.find(ROOT), options.kata)
    names = [test.__name__ for test, _ in verify.properties(kata)]
    claims = verify.claims(kata)
    # What wraps a library stands for the field, and is forbidden to learners.
    right = [one for one in claims if one.verdict is Verdict.ACCEPTED and not one.uses]
    wrong = [one for one in claims if one.verdict is not Verdict.ACCEPTED]
    listed = equivalent.read(kata.solutions / "equivalent.toml")
    made = [
        one
        for one in mutant.mutants(right[0].path.read_text(encoding="utf-8"))
        if one.identity not in listed
    ]
    rows = []
    with Pool(options.processes) as pool:
        for examples in (*sorted(options.examples), None):
            search = Search(examples=examples, shrink=False)
            rows.append(
                Row(
                    examples,
                    timed(answers(kata, search, right, None)),
                    caught(pool, answers(kata, search, wrong, 1)),
                    caught(pool, [mutant_job(kata, names, one.text, (search,)) for one in made]),
                )
            )
    print(f"{kata.slug}: {len(wrong)} rejected answers, {len(made)} mutants\n")
    print("| examples a property | rejected answers caught | mutants caught | time |")
    print("| --- | ---: | ---: | ---: |")
    for row in rows:
        share = row.seconds / rows[-1].seconds
        cells = [row.examples or "its own", row.rejected, row.mutants, f"{share:.0%}"]
        print(f"| {' | '.join(map(str, cells))} |")


if __name__ == "__main__":
    main()
