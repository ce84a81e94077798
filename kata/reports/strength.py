"""Proofs as a table for the terminal, as JSON, and as docs/grader-strength.md; pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from kata.proof import Margin, Proof

FORMAT = 1
"""Raised whenever a reader of the old document would misread the new one."""

COLUMNS = (
    "kata",
    "properties",
    "examples",
    "accepted",
    "rejected",
    "mutants killed",
    "equivalent",
    "false rejections",
    "seconds",
)

SHORT = ("kata", "props", "tries", "acc.", "rej.", "killed", "equiv.", "false", "sec.")
"""The same columns for a terminal 80 wide."""

MARGIN = ("bar on the cost", "slowest accepted", "fastest rejected", "gap")
"""The columns on how far the bars are from the answers on either side."""

PAGE = """\
# How strong the graders are

Made by `make verify ARGS=--publish`; do not edit. The [glossary](glossary.md) has the words.
{commit}
{table}
- *examples*: tried on a right answer, all properties together.
- *accepted*, *rejected*: answers under `solutions/` that the grader must accept, or reject with the
  verdict and the property that they name.
- *mutants killed*: small mistakes put into the reference by mutmut's operators, and how many of
  them a property catches. *equivalent*: those of the rest that no input can tell from the
  reference, each with its reason in `solutions/<kata>/equivalent.toml`.
- *false rejections*: how often an answer to accept was rejected, and in how many runs, each from
  another seed. They need not be of one day: `docs/grader-runs.json` keeps from how many seeds a
  kata's answers were accepted, and counts as long as grader, engine, libraries, Python and answers
  stay.
- *seconds*: what grading all of that takes, processes added up.

## The margins of the bars

A [bar](budgets.md) on the cost lies between the answers to accept and those that are too slow: here
is what the slowest of the former used, and the fastest of the latter, in shares of the bar, so that
1 is the bar itself. *cut off*: it was stopped at the limit of a call, before there was anything to
measure. *gap*: how many times as long the one takes as the other, where times are compared; growth
is in powers of n.

{margins}{open}"""


def row(proof: Proof) -> tuple[str, ...]:
    """The facts of one proof, in the order of the columns."""
    return (
        proof.slug,
        str(len(proof.properties)),
        str(sum(one.examples for one in proof.properties)),
        str(proof.accepted),
        str(proof.rejected),
        f"{proof.killed} of {proof.mutants}",
        str(proof.equivalent),
        f"{proof.false_rejections} of {proof.runs}",
        f"{proof.seconds:.0f}",
    )


def margins(proof: Proof) -> list[tuple[str, ...]]:
    """The margins of one proof, in the order of their columns."""
    return [
        (
            _bar(proof, margin),
            f"{margin.accepted:.2f}, {margin.slowest}",
            _fastest(margin),
            f"{margin.gap:.3g}" if margin.gap is not None else "",
        )
        for margin in proof.margins
    ]


def _bar(proof: Proof, margin: Margin) -> str:
    return f"{proof.slug}: {margin.name.removeprefix('test_').replace('_', ' ')}"


def _fastest(margin: Margin) -> str:
    if margin.rejected is None:
        return f"cut off, {margin.fastest}" if margin.fastest else "none"
    return f"{margin.rejected:.2f}, {margin.fastest}"


def bars(proofs: Sequence[Proof]) -> str:
    """The same for a terminal, which is too narrow for such columns."""
    lines = []
    for proof in proofs:
        for margin in proof.margins:
            gap = f"; {margin.gap:.3g} times as long" if margin.gap is not None else ""
            lines += [
                _bar(proof, margin),
                f"  accepted  {margin.accepted:.2f} of the bar, {margin.slowest}",
                f"  rejected  {_fastest(margin)}{gap}",
            ]
    return "".join(f"{line}\n" for line in ["", *lines, ""]) if lines else ""


def findings(proof: Proof) -> list[str]:
    """What is to be mended, one line each."""
    return [
        *proof.complaints,
        *(
            f"{one} catches nothing that no other property catches: it is redundant"
            for one in proof.redundant
        ),
        *(f"survivor: reference.py:{one.line}  {one.mutant}" for one in proof.survivors),
    ]


def summary(proofs: Sequence[Proof]) -> str:
    """What is to be mended in each kata, and how fast mutants were graded."""
    lines = []
    for proof in proofs:
        if not proof.holds:
            lines += [f"{proof.slug}", *(f"  {each}" for each in findings(proof)), ""]
    fresh, seconds = sum(p.fresh for p in proofs), sum(p.fresh_seconds for p in proofs)
    if fresh:
        lines.append(f"{fresh} mutants graded anew, {fresh / seconds:.1f} verdicts a second.")
    good = sum(proof.holds for proof in proofs)
    lines.append(f"{good} of {len(proofs)} katas hold.")
    return "\n".join(lines) + "\n"


def document(proofs: Sequence[Proof]) -> str:
    """All that was found, as one JSON document."""
    plain = {
        "format": FORMAT,
        "exit_status": exit_status(proofs),
        "katas": [
            {
                **asdict(proof),
                "margins": [{**asdict(one), "gap": one.gap} for one in proof.margins],
                "redundant": proof.redundant,
                "holds": proof.holds,
            }
            for proof in proofs
        ],
    }
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def page(proofs: Sequence[Proof], commit: str) -> str:
    """The text of docs/grader-strength.md; `commit` is empty where nobody knows it."""
    rows = [COLUMNS, ("---",) + ("---:",) * (len(COLUMNS) - 1), *map(row, proofs)]
    gaps = [MARGIN, ("---",) * (len(MARGIN) - 1) + ("---:",)]
    gaps += [cells for proof in proofs for cells in margins(proof)]
    open_ = [f"- `{proof.slug}`: {each}\n" for proof in proofs for each in findings(proof)]
    heading = "\n## What is open\n\n" if open_ else ""
    at = f"It is about commit {commit}: what has changed since is not in it.\n" if commit else ""
    return PAGE.format(
        commit=at, table=_table(rows), margins=_table(gaps), open=heading + "".join(open_)
    )


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def exit_status(proofs: Sequence[Proof]) -> int:
    """0 when everything holds, 1 when something is refuted."""
    return 0 if all(proof.holds for proof in proofs) else 1
