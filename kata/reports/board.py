"""The board: every kata and where the learner stands with it, as a table for the terminal; pure.

Every cell is words or digits: neither colour nor a glyph carries a meaning alone.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kata.schedule import Standing
from kata.verdict import Verdict

Row = tuple[str, ...]
"""The cells of a kata, in the order of the headings."""

BAR = 30
"""Characters of the progress bar, where there is room for them."""


def render(
    standings: Sequence[Standing],
    now: dt.datetime,
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """The board as text that is `width` wide."""
    written = io.StringIO()
    console = Console(
        file=written,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        legacy_windows=False,
        emoji=False,
    )
    rows = [_row(each, now) for each in standings]
    widths = _widths(rows)
    # Without room for the table rich would cut off its last columns.
    if width < sum(widths) + len(widths) - 1:
        console.print(Text("\n".join(line for row in rows for line in _lines(row))))
    else:
        console.print(_table(rows, widths, width))
    console.print()
    done = sum(accepted(each) for each in standings)
    words = f"{done} of {len(standings)} accepted so far"
    # Text: square brackets would be markup otherwise.
    bar = _bar(done, len(standings), min(BAR, max(width - len(words) - 3, 1)))
    console.print(Text(f"{bar} {words}"))
    console.print()
    for area, done, total in focus_areas(standings):
        console.print(Text(f"  {done} of {total}  {area}"))
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


HEADINGS = ("kata", "level", "verdict", "best", "checks", "hints", "days since", "due")

BROKEN = {"verdict": "wrong answer", "days since": "since"}
"""What may take two lines, between words, and the longest part that must not."""


def _widths(rows: Sequence[Row]) -> list[int]:
    """How many characters each column needs at least."""
    return [
        len(BROKEN[heading]) if heading in BROKEN else max(map(len, (heading, *cells)))
        for heading, *cells in zip(HEADINGS, *rows, strict=True)
    ]


def _table(rows: Sequence[Row], widths: Sequence[int], room: int) -> Table:
    table = Table(
        box=None, pad_edge=False, collapse_padding=True, header_style="bold", expand=False
    )
    spare = room - sum(widths) - len(widths) + 1
    longest = max((len(row[HEADINGS.index("verdict")]) for row in rows), default=0)
    for heading, width in zip(HEADINGS, widths, strict=True):
        words = heading in HEADINGS[:3]
        more = min(max(longest - width, 0), spare) if heading == "verdict" else 0
        table.add_column(heading, justify="left" if words else "right", width=width + more)
    for row in rows:
        table.add_row(*row)
    return table


def _lines(row: Row) -> list[str]:
    """What a row of the table says, in words and below each other."""
    slug, level, verdict, best, checks, hints, days, due = row
    said = (
        (checks, f"checks: {checks}"),
        (hints, f"hints: {hints}"),
        (best, f"best: {best}"),
        (days, f"days since: {days}"),
        (due, f"due: {due}"),
    )
    facts = [text for value, text in said if value]
    lines = [slug, f"  {verdict}, {level}"]
    lines += [f"  {', '.join(facts[at : at + 2])}" for at in range(0, len(facts), 2)]
    return lines


def _row(each: Standing, now: dt.datetime) -> Row:
    days = "" if each.last is None else str(int((now.timestamp() - each.last) // 86_400))
    verdict = each.last_verdict.words if each.last_verdict else "not started"
    return (
        each.kata.slug,
        each.kata.difficulty,
        verdict,
        minutes(each.best_seconds),
        str(each.attempts or ""),
        str(each.hints or ""),
        days,
        _due(each, now),
    )


def minutes(seconds: float | None) -> str:
    """A stretch of work as a person says it: "12 min"; empty for none."""
    if seconds is None:
        return ""
    return f"{seconds / 60:.0f} min" if seconds >= 60 else "<1 min"


def _due(each: Standing, now: dt.datetime) -> str:
    if each.card is None:
        return ""
    days = (each.card.due - now).days
    return "now" if each.due(now) else f"in {max(days, 1)} d"


def accepted(each: Standing) -> bool:
    """Whether the kata has been accepted at any time."""
    return any(done.accepted for done in each.rounds) or each.last_verdict is Verdict.ACCEPTED


def _bar(done: int, total: int, length: int) -> str:
    filled = length * done // max(total, 1)
    return f"[{'#' * filled}{'.' * (length - filled)}]"


def focus_areas(standings: Sequence[Standing]) -> list[tuple[str, int, int]]:
    """Each focus area with the number of its katas that were accepted, and of all; by name."""
    areas: dict[str, list[bool]] = {}
    for each in standings:
        for area in each.kata.focus:
            areas.setdefault(area, []).append(accepted(each))
    return [(area, sum(found), len(found)) for area, found in sorted(areas.items())]
