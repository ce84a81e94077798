"""The report of a learner's practice: one HTML page that needs nothing else; pure.

Charts are matplotlib's SVG, put into the page. Their colours are names that the page's own style
sheet explains, once for light and once for dark surroundings. Every chart has a sentence that says
what it shows and a table with its numbers, and no meaning is in a colour alone.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from kata.journal import Attempt, Event, Mock
from kata.reports import board
from kata.reports.board import focus_areas, minutes
from kata.rubric import BANDS
from kata.schedule import Standing

WEEKS = 26
"""How far back the calendar goes."""

# matplotlib is given these in the place of colours; each is one name in the style sheet.
INK, SOFT, FAINT = "#010101", "#020202", "#030303"
SERIES = ("#0a0101", "#0a0202", "#0a0303", "#0a0404", "#0a0505", "#0a0606")
ON_LEVEL = "#0b0505"
LEVELS = ("#0b0101", "#0b0202", "#0b0303", "#0b0404")
NAMES = {
    INK: "var(--ink)",
    SOFT: "var(--soft)",
    FAINT: "var(--faint)",
    ON_LEVEL: "var(--on-level)",
    **{colour: f"var(--series-{number})" for number, colour in enumerate(SERIES)},
    **{colour: f"var(--level-{number})" for number, colour in enumerate(LEVELS)},
}
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "--", "-.", ":")

SETTINGS: Any = {  # matplotlib lists every key in a type of its own
    "svg.fonttype": "none",  # texts stay texts: they can be read aloud, found and copied
    "svg.hashsalt": "kata",  # the same practice makes the same page
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": SOFT,
    "grid.color": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
}

STYLE = """
:root { color-scheme: light dark;
  --page: #fdfdfb; --ink: #1d1f23; --soft: #55595f; --faint: #cfd2d6; --band: #f2f3f1;
  --series-0: #0b62a8; --series-1: #b3420a; --series-2: #1c7a3e; --series-3: #7a3fa8;
  --series-4: #8a6300; --series-5: #a82763;
  --level-0: #d8ecdc; --level-1: #a4d5ae; --level-2: #6cb87f; --level-3: #3f9a58;
  --on-level: #10331b; }
@media (prefers-color-scheme: dark) { :root {
  --page: #15171a; --ink: #e8e9ea; --soft: #aab0b7; --faint: #3c4148; --band: #1d2024;
  --series-0: #6cb6f5; --series-1: #f59a62; --series-2: #6fd08f; --series-3: #c79af0;
  --series-4: #e0b84d; --series-5: #f285b4;
  --level-0: #1d3a27; --level-1: #255836; --level-2: #2f7747; --level-3: #3d985b;
  --on-level: #f2fbf4; } }
body { background: var(--page); color: var(--ink); margin: 0 auto; max-width: 56rem;
  padding: 1.5rem 1rem 4rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2.5rem 0 .3rem; }
p { margin: .3rem 0 .8rem; } .soft, caption, summary { color: var(--soft); }
figure { margin: 0; overflow-x: auto; }
svg { display: block; max-width: 100%; min-width: 34rem; height: auto; }
svg text { font-family: system-ui, sans-serif !important; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .92rem; }
caption { text-align: left; padding-bottom: .3rem; }
th, td { padding: .3rem .7rem .3rem 0; text-align: left; border-bottom: 1px solid var(--faint);
  white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; margin: .4rem 0; }
dl { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin: 1.2rem 0; }
dl div { display: flex; flex-direction: column-reverse; } dt { color: var(--soft); }
dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
code { font-family: ui-monospace, monospace; }
"""

# Nothing may be fetched, whatever a later change puts into the page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, slots=True)
class Practice:
    """All that the page tells of."""

    standings: tuple[Standing, ...]
    attempts: tuple[Attempt, ...]
    events: tuple[Event, ...]
    now: dt.datetime
    """With a time zone, whichever."""
    local: Callable[[float], dt.datetime]
    """The learner's clock, by which their days begin and end, at a moment in seconds since the
    epoch: in winter and in summer they may be apart."""
    mocks: tuple[Mock, ...] = ()
    """Mock interviews, the oldest first."""

    @property
    def days(self) -> Counter[dt.date]:
        """How many checks and hints there were on each day."""
        moments = [item.at for items in (self.attempts, self.events) for item in items]
        return Counter(self.day(at) for at in moments)

    @property
    def today(self) -> dt.datetime:
        """Now, by the learner's clock."""
        return self.local(self.now.timestamp())

    def day(self, at: float) -> dt.date:
        """The learner's day of this moment, given in seconds since the epoch."""
        return self.local(at).date()


def render(practice: Practice) -> str:
    """The page as HTML."""
    parts = [_summary(practice), _radar(practice), _calendar(practice), _trend(practice)]
    parts.append(_mocks(practice))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<link rel="icon" href="data:,">
<title>Your practice</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>Your practice</h1>
<p class="soft">As of {practice.today:%Y-%m-%d %H:%M}, from this clone's journal. Nothing was sent
anywhere, and this page fetches nothing.</p>
{"".join(parts)}
{_katas(practice)}
</main>
</body>
</html>
"""


def _text(value: object) -> str:
    return html.escape(str(value))


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a head that ends with "#" is over numbers."""
    kinds = [' class="number"' if head.endswith("#") else "" for head in heads]
    head = "".join(
        f'<th scope="col"{kind}>{_text(name.rstrip("#"))}</th>'
        for name, kind in zip(heads, kinds, strict=True)
    )
    body = ""
    for first, *rest in rows:
        cells = "".join(
            f"<td{kind}>{_text(cell)}</td>" for cell, kind in zip(rest, kinds[1:], strict=True)
        )
        body += f'<tr><th scope="row">{_text(first)}</th>{cells}</tr>\n'
    return (
        f'<div class="scroll" tabindex="0"><table><caption>{_text(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>"
    )


def _section(name: str, title: str, says: str, chart: str, table: str) -> str:
    figure = f'<figure id="{name}" tabindex="0">{chart}</figure>' if chart else ""
    details = f"<details><summary>The same in numbers</summary>{table}</details>" if table else ""
    return f"""
<section aria-labelledby="{name}-title">
<h2 id="{name}-title">{_text(title)}</h2>
<p>{_text(says)}</p>
{figure}
{details}
</section>"""


def _svg(figure: Figure, name: str, says: str) -> str:
    """The figure as an element of the page, with the page's colours and ids of its own."""
    written = io.StringIO()
    figure.savefig(written, format="svg", transparent=True, metadata={"Date": None})
    svg = written.getvalue()
    svg = svg[svg.index("<svg") :]
    for colour, variable in NAMES.items():
        svg = svg.replace(colour, variable)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", svg)
    return svg.replace("<svg", f'<svg role="img" aria-label="{_text(says)}"', 1)


def _summary(practice: Practice) -> str:
    rounds = [done for each in practice.standings for done in each.rounds]
    accepted = sum(any(done.accepted for done in each.rounds) for each in practice.standings)
    due = sum(each.due(practice.now) for each in practice.standings)
    facts = (
        ("katas accepted", f"{accepted} of {len(practice.standings)}"),
        ("days of practice", len(practice.days)),
        ("checks", len(practice.attempts)),
        ("at work", _hours(sum(done.worked for done in rounds))),
        ("due now", due),
    )
    return (
        "<dl>" + "".join(f"<div><dt>{k}</dt><dd>{_text(v)}</dd></div>" for k, v in facts) + "</dl>"
    )


def _hours(seconds: float) -> str:
    """A stretch of work, however long: "10 h 12 min"."""
    hours, rest = divmod(round(seconds / 60), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


LABEL_WIDTH = 20
"""Characters of a line beside the radar; two of them fit above each other between its spokes."""


def _radar(practice: Practice) -> str:
    areas = focus_areas(practice.standings)
    fresh: dict[str, list[float]] = {}
    for each in practice.standings:
        for area in each.kata.focus:
            # Who has only looked at a solution has nothing yet that would still be known.
            known = each.retrievability(practice.now) if board.accepted(each) else 0.0
            fresh.setdefault(area, []).append(known)
    shares = [done / total for _, done, total in areas]
    memory = [float(np.mean(fresh[area])) for area, _, _ in areas]
    rows = [
        (area, f"{done} of {total}", f"{100 * known:.0f} %")
        for (area, done, total), known in zip(areas, memory, strict=True)
    ]
    table = _table("Focus areas", ("focus area", "accepted#", "still known#"), rows)
    full = sum(done == total for _, done, total in areas)
    says = (
        f"{full} of {len(areas)} focus areas are covered in full. The solid line is the share of "
        "an area's katas that you have had accepted, the dashed one what you would still solve "
        "from memory today, as the spaced repetition estimates it."
    )
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(7.6, 4.6))
        axes = figure.add_axes((0.25, 0.14, 0.5, 0.77), projection="polar")
        axes.set_theta_offset(np.pi / 2)  # type: ignore[attr-defined]  # of polar axes only
        axes.set_theta_direction(-1)  # type: ignore[attr-defined]
        angles = np.linspace(0, 2 * np.pi, len(areas), endpoint=False)
        around = np.append(angles, angles[:1])
        axes.fill(around, [*shares, *shares[:1]], color=SERIES[0], alpha=0.15)
        for values, form, colour, label in (
            (shares, "-o", SERIES[0], "accepted"),
            (memory, "--s", SERIES[1], "still known"),
        ):
            # Not clipped: what is complete lies on the outermost ring.
            ring = [*values, *values[:1]]
            axes.plot(around, ring, form, color=colour, label=label, clip_on=False, zorder=3)
        axes.set_ylim(0, 1)
        # Between two spokes, where no line passes.
        axes.set_rlabel_position(180 / len(areas))  # type: ignore[attr-defined]
        axes.set_yticks([0.5, 1], ["half", "all"])
        axes.set_xticks(angles, [""] * len(angles))
        for angle, (area, _, _) in zip(angles, areas, strict=True):
            side = np.sin(angle)
            axes.text(
                float(angle),
                1.16,
                textwrap.fill(area, LABEL_WIDTH),
                ha="center" if abs(side) < 0.1 else ("left" if side > 0 else "right"),
                va="center",
            )
        axes.spines["polar"].set_color(FAINT)
        figure.legend(loc="lower center", ncols=2, frameon=False)
        chart = _svg(figure, "radar", f"Radar of {len(areas)} focus areas. {says}")
    return _section("radar", "Focus areas", says, chart, table)


def _calendar(practice: Practice) -> str:
    days, today = practice.days, practice.today.date()
    monday = today - dt.timedelta(days=today.weekday(), weeks=WEEKS - 1)
    shown = {day: count for day, count in days.items() if day >= monday}
    says = (
        f"You practised on {len(shown)} of the last {(today - monday).days + 1} days. Each square "
        "is a day, and the number in it how many checks, hints and the like there were."
    )
    table = _table("Days of practice", ("day", "checks and hints#"), sorted(shown.items()))
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(9.6, 2.7))
        axes = figure.add_axes((0.06, 0.02, 0.93, 0.86))
        months = []
        for week in range(WEEKS):
            for weekday in range(7):
                day = monday + dt.timedelta(weeks=week, days=weekday)
                if day > today:
                    continue
                if day.day == 1 or (week == weekday == 0 and day.day < 22):
                    months.append((week, f"{day:%b}"))
                count = days.get(day, 0)
                level = min(int(np.log2(count)) if count else 0, len(LEVELS) - 1)
                box = Rectangle(
                    (week + 0.06, weekday + 0.06),
                    0.88,
                    0.88,
                    facecolor=LEVELS[level] if count else "none",
                    edgecolor=FAINT,
                    linewidth=0.7,
                )
                axes.add_patch(box)
                if count:
                    axes.text(
                        week + 0.5,
                        weekday + 0.53,
                        str(min(count, 99)),
                        ha="center",
                        va="center",
                        fontsize=8,
                        color=ON_LEVEL,
                    )
        axes.set_xlim(0, WEEKS)
        axes.set_ylim(7, 0)
        axes.set_aspect("equal")
        axes.set_yticks([0.5, 2.5, 4.5], ["Mon", "Wed", "Fri"])
        axes.set_xticks([week + 0.5 for week, _ in months], [name for _, name in months])
        axes.tick_params(length=0)
        axes.xaxis.tick_top()
        for spine in axes.spines.values():
            spine.set_visible(False)
        chart = _svg(figure, "calendar", f"Calendar of {WEEKS} weeks. {says}")
    return _section("calendar", "Calendar", says, chart, table if shown else "")


def _trend(practice: Practice) -> str:
    done = {
        each.kata.slug: [round_ for round_ in each.rounds if round_.accepted]
        for each in practice.standings
    }
    done = {slug: rounds for slug, rounds in done.items() if rounds}
    title = "Time to acceptance"
    if not done:
        says = "Nothing is accepted yet: the minutes of each accepted round will be shown here."
        return _section("trend", title, says, "", "")
    rows = [
        (slug, practice.day(r.ended), minutes(r.worked), r.checks, r.hints)
        for slug, rounds in done.items()
        for r in rounds
    ]
    table = _table("Accepted rounds", ("kata", "accepted on", "time#", "checks#", "hints#"), rows)
    says = (
        "The minutes from the first check of a round to its acceptance, pauses left out; one line "
        "a kata. Lower is quicker. A round of a single check counts as none, for nobody knows when "
        "it began."
    )
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(8.4, 3.6), layout="constrained")
        axes = figure.add_subplot()
        for number, (slug, rounds) in enumerate(done.items()):
            days = [dt.datetime.combine(practice.day(r.ended), dt.time()) for r in rounds]
            axes.plot(
                days,  # type: ignore[arg-type]  # matplotlib takes dates, its types do not say so
                [r.worked / 60 for r in rounds],
                color=SERIES[number % len(SERIES)],
                marker=MARKERS[number % len(MARKERS)],
                linestyle=DASHES[number % len(DASHES)],
                label=slug,
            )
        axes.set_ylim(bottom=0)
        axes.set_ylabel("minutes")
        ends = [practice.day(r.ended) for rounds in done.values() for r in rounds]
        first, last = min(ends), max(ends)
        # A week at least: of a single day matplotlib would make several years.
        aside = max((last - first) / 20, (dt.timedelta(days=7) - (last - first)) / 2)
        axes.set_xlim(
            dt.datetime.combine(first, dt.time()) - aside,  # type: ignore[arg-type]  # as above
            dt.datetime.combine(last, dt.time()) + aside,  # type: ignore[arg-type]  # as above
        )
        axes.grid(axis="y")
        locator = AutoDateLocator(minticks=2, maxticks=6)  # type: ignore[no-untyped-call]  # theirs
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]  # theirs
        figure.legend(loc="outside right upper", frameon=False, labelcolor=INK)
        chart = _svg(figure, "trend", f"Lines for {len(done)} katas. {says}")
    return _section("trend", title, says, chart, table)


def _mocks(practice: Practice) -> str:
    title, mocks = "Mock interviews", practice.mocks
    if not mocks:
        says = "None has been held yet: make mock. Each one's points will be shown here."
        return _section("mocks", title, says, "", "")
    rows = [
        (
            f"{practice.local(mock.at):%Y-%m-%d %H:%M}",
            mock.preset or "interview",
            f"{mock.points:.0f}",
            mock.band,
            ", ".join(kata["slug"] for part in mock.document["rounds"] for kata in part["katas"]),
        )
        for mock in mocks
    ]
    table = _table("Mock interviews", ("held on", "kind", "points#", "band", "katas"), rows)
    last = mocks[-1]
    change = last.points - mocks[0].points
    says = f"{len(mocks)} held; the last one came to {last.points:.0f} of 100 points: {last.band}."
    if len(mocks) > 1:
        says += f" Since the first that is {abs(change):.0f} {'more' if change >= 0 else 'fewer'}."
    says += " One dot an interview, in their order; a band begins at its line."
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(8.4, 3.2), layout="constrained")
        axes = figure.add_subplot()
        places = list(range(1, len(mocks) + 1))
        axes.plot(places, [mock.points for mock in mocks], "-o", color=SERIES[0], clip_on=False)
        for name, least, _ in BANDS:
            axes.axhline(least, color=FAINT, linewidth=0.8, zorder=0)
            axes.text(
                1.01,
                least + 1,
                name,
                transform=axes.get_yaxis_transform(),
                va="bottom",
                color=SOFT,
            )
        axes.set_ylim(0, 100)
        axes.set_ylabel("points")
        axes.set_xlim(0.5, max(len(mocks), 5) + 0.5)
        shown = places[:: max(1, -(-len(places) // 8))]
        axes.set_xticks(shown, [f"{practice.local(mocks[at - 1].at):%d %b}" for at in shown])
        chart = _svg(figure, "mocks", f"Line of {len(mocks)} interviews. {says}")
    return _section("mocks", title, says, chart, table)


def _katas(practice: Practice) -> str:
    rows = []
    for each in practice.standings:
        kata, card = each.kata, each.card
        due = "" if card is None else f"{practice.day(card.due.timestamp())}"
        rows.append(
            (
                kata.slug,
                kata.difficulty,
                each.last_verdict.words if each.last_verdict else "not started",
                sum(done.accepted for done in each.rounds),
                minutes(each.best_seconds),
                each.attempts,
                each.hints,
                each.reveals,
                "" if each.last is None else practice.day(each.last),
                "now" if each.due(practice.now) else due,
            )
        )
    heads = ("kata", "level", "last verdict", "accepted#", "best#", "checks#", "hints#")
    table = _table(
        "Every kata; accepted counts the rounds that ended so",
        (*heads, "reveals#", "last", "due"),
        rows,
    )
    return (
        f'<section aria-labelledby="katas-title"><h2 id="katas-title">Katas</h2>{table}</section>'
    )
