"""A report as text for a terminal 80 columns wide; pure: it neither prints nor asks for a width.

On a narrower one the lines about verdicts are laid out anew. A failure keeps its layout, so that
its call can be pasted; the terminal breaks its lines.

Colour never carries a meaning that the words do not. Without it the text is the same.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kata.catalog import Kata
from kata.verdict import KataResult, PropertyResult, Report, Verdict

WIDTH = 80
LABEL = 10
FAILURE_LINES = 12
"""A failure's whole message has at most this many lines."""

NARROW = 62
"""A terminal with fewer columns has no room for two things side by side."""

ONE_LINERS = 6
"""So many further failures are listed; the first one is what to work on."""

LOADED = re.compile(r"""np\.load\(['"]\.kata/[^)]*\)""")
"""How the Python of a call takes in what is too large to write out."""

Paint = Callable[[str, str], str]
"""Colours a text: paint("red", "wrong answer")."""


def plain(_colour: str, text: str) -> str:
    """The paint that leaves a text as it is."""
    return text


COLOURS = {Verdict.ACCEPTED: "green", Verdict.NOT_STARTED: "bright_black"}


def render(
    report: Report,
    katas: Sequence[Kata],
    *,
    verbose: bool = False,
    paint: Paint = plain,
    width: int = WIDTH,
    onward: str | None = None,
    took: Mapping[str, float] | None = None,
) -> str:
    """The whole report, and what to do next. `katas` are those that the command was about.

    `took` has the seconds that grading took on the clock; without it the properties' are added up.
    `onward` stands in the place of what to do next where `make check` is not the way on.
    """
    width = min(width, WIDTH)
    by_slug = {kata.slug: kata for kata in katas}
    started = [kata for kata in report.katas if kata.verdict is not Verdict.NOT_STARTED]
    more = " (ARGS=--verbose shows them in full)" if onward is None else ""
    blocks = [
        [
            _heading(result, (took or {}).get(result.slug, result.seconds), paint, width),
            "",
            *_kata(result, verbose, paint, width, more),
        ]
        for result in started
    ]
    if len(katas) > 1 or (not started and onward is None):
        blocks.append(_board(report, by_slug, paint, width))
    blocks.append(_next(report, by_slug) if onward is None else [onward])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _kata(result: KataResult, verbose: bool, paint: Paint, width: int, more: str = "") -> list[str]:
    lines: list[str] = []
    failing = [prop for prop in result.properties if prop.verdict.fails]
    total = len(result.properties)
    if not failing:
        count = sum(prop.examples for prop in result.properties)
        lines.append(f"  All {total} properties hold, on {count} examples.")
        lines += _costs(result, verbose)
        if verbose:
            lines += ["", *(_one_line(prop, paint, width) for prop in result.properties)]
    elif _same_cause(failing) and len(failing) == total:
        lines += ["  No property could be tried."]
        lines += ["", *failure_lines(failing[0], paint, titled=False)]
    else:
        lines += [f"  {total - len(failing)} of {total} properties hold."]
        for prop in failing if verbose else failing[:1]:
            lines += ["", *failure_lines(prop, paint)]
        if len(failing) > 1 and not verbose:
            lines += ["", f"  Also failing{more}:"]
            lines += [_one_line(prop, paint, width) for prop in failing[1 : 1 + ONE_LINERS]]
            rest = len(failing) - 1 - ONE_LINERS
            lines += [f"    and {rest} more"] if rest > 0 else []
    remarks = dict.fromkeys(remark for prop in result.properties for remark in prop.remarks)
    for remark in remarks:
        lines += ["", *_wrapped(f"  Remark: {remark}", "    ")]
    return lines


def _costs(result: KataResult, verbose: bool) -> list[str]:
    """What was measured against a budget: "48 ms of 210 ms"."""
    lines = []
    for cost in (cost for prop in result.properties for cost in prop.costs):
        if cost.kind == "time":
            factor = f"; machine factor {cost.factor:.1f}" if verbose and cost.factor else ""
            lines.append(f"  Time: {cost.words}{factor}.")
        elif cost.kind == "growth" or verbose:
            lines.append(f"  Cost {cost.words}.".replace("Cost executed", "Executed"))
    return lines


def _same_cause(failing: list[PropertyResult]) -> bool:
    """Whether one message says it all: the file cannot be loaded, or may not be used."""
    first = failing[0]
    return all(prop.verdict is first.verdict and prop.failure == first.failure for prop in failing)


def _heading(result: KataResult, seconds: float, paint: Paint, width: int) -> str:
    slug, verdict = result.slug, result.verdict
    right = f"{verdict.words}  {seconds:5.1f} s"
    room = width - len(slug) - len(right)
    # Below the name where there is no room beside it.
    gap = " " * room if room >= 2 else "\n  "
    return (
        paint("bold", slug)
        + gap
        + right.replace(verdict.words, paint(COLOURS.get(verdict, "red"), verdict.words))
    )


def _one_line(prop: PropertyResult, paint: Paint, width: int) -> str:
    label = prop.verdict.words
    if width < NARROW:
        text = textwrap.shorten(prop.sentence, width - 6, placeholder=" …")
        return f"    {paint(COLOURS.get(prop.verdict, 'red'), label)}\n      {text}"
    room = width - 4 - 23
    text = textwrap.shorten(prop.sentence, room, placeholder=" …")
    return f"    {paint(COLOURS.get(prop.verdict, 'red'), label)}{' ' * (23 - len(label))}{text}"


def failure_lines(prop: PropertyResult, paint: Paint = plain, *, titled: bool = True) -> list[str]:
    """Why one property does not hold, in at most FAILURE_LINES lines of WIDTH columns."""
    failure = prop.failure
    if failure is None:
        return [f"  {prop.sentence}"]
    title = _wrapped(f"  {prop.sentence}", "  ") if titled else []
    parts = [("why", _wrapped_text(failure.message)[:3])]
    call = _broken(failure.call)
    parts.append(("call", call))
    if failure.returned:
        parts.append(("returned", [_cut(failure.returned)]))
    if failure.expected:
        parts.append(("expected", [_cut(failure.expected)]))
    if failure.line:
        line = f"{failure.line.file}:{failure.line.number}  {failure.line.text}"
        parts.append(("line", [_cut(line)]))
    printed = failure.printed.rstrip().splitlines()
    if printed:
        more = [f"… {len(printed) - 1} more lines"] if len(printed) > 1 else []
        parts.append(("printed", [_cut(printed[0]), *more]))
    if failure.advice:
        parts.append(("try", _wrapped_text(failure.advice)[:2]))
    if prop.program:
        parts.append(("next", [f".venv/bin/python {prop.program}"]))
    room = FAILURE_LINES - len(title) - sum(len(lines) for label, lines in parts if label != "call")
    if len(call) > room:
        shown = max(room - 1, 0)
        rest = f"{len(call) - shown} more lines"
        where = "the whole example is in the program below" if prop.program else rest
        call[shown:] = [f"…  ({where})"]
    lines = [paint("bold", line) for line in title]
    for label, texts in parts:
        for number, text in enumerate(texts):
            lines.append(f"    {label if number == 0 else '':<{LABEL}}{text}".rstrip())
    return lines[:FAILURE_LINES]


def failure_text(prop: PropertyResult) -> str:
    """The same as text for a reader who is not at this terminal, without the program to run."""
    failure = prop.failure and replace(prop.failure, call=call_text(prop.failure.call))
    lines = failure_lines(replace(prop, failure=failure, program=""), titled=False)
    return textwrap.dedent("\n".join(lines))


def call_text(call: str) -> str:
    """A call for a reader who does not have the files that were written where it was graded."""
    text = LOADED.sub("...", call)
    return text if text == call else f"# ... is a value too large to show\n{text}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent)


def _wrapped_text(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH - 4 - LABEL, break_on_hyphens=False)


def _cut(text: str) -> str:
    room = WIDTH - 4 - LABEL
    text = text.replace("\t", "    ")
    text = "".join(char if char.isprintable() else "�" for char in text)
    return text if len(text) <= room else text[: room - 2] + " …"


def _broken(call: str) -> list[str]:
    """Python broken into lines that fit, at commas outside of quotes: it can still be pasted."""
    room = WIDTH - 4 - LABEL
    lines: list[str] = []
    for line in call.splitlines():
        rest = line
        while len(rest) > room:
            at = _last_comma(rest[:room])
            if at is None:
                break
            lines.append(rest[: at + 1])
            rest = "    " + rest[at + 1 :].lstrip()
        lines.append(rest)
    return lines


def _last_comma(text: str) -> int | None:
    quote, last, escaped = "", None, False
    for position, char in enumerate(text):
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char == "," and text[:position].strip():
            last = position
    return last


def _board(report: Report, katas: dict[str, Kata], paint: Paint, columns: int) -> list[str]:
    verdicts = {result.slug: result.verdict for result in report.katas}
    accepted = sum(verdict is Verdict.ACCEPTED for verdict in verdicts.values())
    width = max(len(slug) for slug in katas) + 2
    lines = [f"{accepted} of {len(katas)} katas accepted", ""] if len(katas) > 1 else []
    for slug, kata in katas.items():
        verdict = verdicts.get(slug, Verdict.NOT_STARTED)
        word = paint(COLOURS.get(verdict, "red"), verdict.words)
        if columns < NARROW:
            lines += [f"  {slug}", f"    {word}, {kata.difficulty}, {kata.minutes} min"]
            continue
        space = " " * (23 - len(verdict.words))
        lines.append(
            f"  {slug:<{width}}{kata.difficulty:<8}{kata.minutes:>3} min  {word}{space}".rstrip()
        )
    return lines


def _next(report: Report, katas: dict[str, Kata]) -> list[str]:
    failing = [result for result in report.katas if result.verdict.fails]
    fresh = [result for result in report.katas if result.verdict is Verdict.NOT_STARTED]
    if failing:
        slug, file = failing[0].slug, failing[0].file
        if failing[0].verdict is Verdict.GRADER_ERROR:
            return [f"Next: see graders/test_{slug}.py, or report what is said above."]
        mend, run = f"Next: mend {_below(file)},", f"then run {_again(failing[0], katas)}"
        return [f"{mend} {run}"] if len(mend) + len(run) < WIDTH else [mend, run]
    if fresh:
        return [
            f"Next: open {_below(fresh[0].file)},",
            f"write your answer, then run {_again(fresh[0], katas)}",
        ]
    if len(katas) == 1:
        return ["Next: make check  shows what else there is."]
    return ["Every kata is accepted."]


def _again(result: KataResult, katas: dict[str, Kata]) -> str:
    """The command that grades the same file again."""
    own = result.file == str(katas[result.slug].stub)
    return f" make check EX={result.slug}" if own else "the same command again"


def _below(file: str) -> str:
    """The path as the learner would type it from the repository's root, where it is in there."""
    parts = Path(file).parts
    if "exercises" not in parts:
        return file
    last = len(parts) - 1 - parts[::-1].index("exercises")  # the clone itself may be below one
    return "/".join(parts[last:])
