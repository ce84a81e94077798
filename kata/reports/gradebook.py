"""A gradebook as a summary for the terminal and as CSV for a spreadsheet; pure."""

from __future__ import annotations

import csv
import io
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kata.gradebook import Record
from kata.likeness import Group, Shape
from kata.verdict import PRECEDENCE, Verdict

WIDTH = 80

UNTRIED = (
    Verdict.GRADER_ERROR,
    Verdict.LOAD_ERROR,
    Verdict.FORBIDDEN,
    Verdict.NOT_STARTED,
)
"""With one of these a property has not been tried: it says nothing about what to teach."""

GROUPS = 10
"""Groups of near-identical files that are listed; the CSV has all."""


@dataclass(frozen=True, slots=True)
class Row:
    """One submission, as the table has it."""

    name: str
    file: str
    verdict: Verdict
    held: int
    """Properties that hold."""
    seconds: float
    why: str
    """What is wrong first of all, as a sentence; empty for an accepted file."""
    found: dict[str, Verdict]


@dataclass(slots=True)
class Tally:
    """What a summary needs of the results, which are seen one at a time."""

    rows: list[Row] = field(default_factory=list)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    failing: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    sentences: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Count one more result."""
        result = record.result
        self.verdicts[result.verdict] += 1
        self.shapes[record.name] = record.shape
        for prop in result.properties:
            if prop.verdict is not Verdict.GRADER_ERROR:
                self.sentences.setdefault(prop.name, prop.sentence)
            if prop.verdict not in UNTRIED:
                self.tried[prop.name] += 1
                self.failing[prop.name] += prop.verdict.fails
        found = {prop.name: prop.verdict for prop in result.properties}
        held = sum(verdict is Verdict.ACCEPTED for verdict in found.values())
        failures = (prop.failure for prop in result.properties if prop.verdict is result.verdict)
        why = next((failure.message for failure in failures if failure), "")
        row = Row(record.name, result.file, result.verdict, held, result.seconds, why, found)
        self.rows.append(row)


def tally(records: Iterable[Record]) -> Tally:
    """All results counted; holds none of them."""
    counted = Tally()
    for record in records:
        counted.add(record)
    return counted


def summary(slug: str, counted: Tally, groups: Sequence[Group]) -> str:
    """How many got which verdict, what most of them miss, and whose files are alike."""
    total = counted.verdicts.total()
    plural = "" if total == 1 else "s"
    lines = [
        f"{slug}: {total} submission{plural}, {counted.verdicts[Verdict.ACCEPTED]} accepted",
        "",
    ]
    found = [verdict for verdict in reversed(PRECEDENCE) if counted.verdicts[verdict]]
    lines += [f"  {verdict.words:<23}{counted.verdicts[verdict]:>6}" for verdict in found]
    missed = [(name, count) for name, count in counted.failing.most_common() if count]
    if missed:
        lines += ["", "What to teach next: the properties that most of them miss", ""]
        for name, count in missed:
            lead = f"  {f'{count} of {counted.tried[name]}':<14}"
            lines += textwrap.wrap(
                counted.sentences[name], WIDTH, initial_indent=lead, subsequent_indent=" " * 16
            )
    if groups:
        lines += ["", "Near-identical, whoever wrote it first", ""]
        for group in groups[:GROUPS]:
            lead = f"  {group.least:.0%}  ".ljust(8)
            lines.append(lead + _cut(", ".join(map(_plain, group.names)), WIDTH - len(lead)))
        if len(groups) > GROUPS:
            lines.append(f"  and {len(groups) - GROUPS} more groups, in the CSV file")
    return "\n".join(lines) + "\n"


def passed_over(names: Sequence[str]) -> str:
    """Which files were taken for nobody's submission."""
    text = f"Passed over, since only .py files are graded: {', '.join(map(_plain, names))}"
    return textwrap.fill(text, WIDTH, break_on_hyphens=False)


def table(counted: Tally, groups: Sequence[Group]) -> str:
    """CSV with a line a submission and a column a property."""
    names = list(counted.sentences)
    alike = {name: number for number, group in enumerate(groups, 1) for name in group.names}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["name", "file", "verdict", "held", "seconds", "alike", "why", *names])
    for row in sorted(counted.rows, key=lambda row: row.name):
        group = alike.get(row.name, "")
        facts = (row.verdict.value, row.held, f"{row.seconds:.2f}", group, _safe(row.why))
        cells = (row.found[name].value if name in row.found else "" for name in names)
        writer.writerow([_safe(row.name), _safe(row.file), *facts, *cells])
    return out.getvalue()


def _safe(text: str) -> str:
    """Text that a spreadsheet does not take for a formula; whoever hands in chooses their name."""
    text = _plain(text)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _plain(text: str) -> str:
    """The text without what would steer a terminal; a file's name can hold anything."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _cut(text: str, width: int) -> str:
    return textwrap.shorten(text, width, placeholder=" …")
