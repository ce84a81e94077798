"""A report for GitHub Actions: annotations, and a summary in Markdown; pure.

GitHub shows 10 annotations of a kind a step, and 1 MiB of summary a step. What a learner's code
printed or raised is text here and nothing else: an annotation is one escaped line, the summary
has it in fences that it cannot close, and the log shows it while the runner takes no commands.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from kata.reports.terminal import call_text, failure_text
from kata.verdict import Failure, KataResult, PropertyResult, Report, SourceLine, Verdict

ANNOTATIONS = 10
"""Annotations of one kind that GitHub keeps of a step; it drops the others without a word."""

SUMMARY_BYTES = 1_000_000
"""Below the 1 MiB that a step's summary may have; GitHub drops a longer one altogether."""

PRINTED = 2_000
"""Characters of a learner's prints that a summary shows."""

MARKS = {Verdict.ACCEPTED: "✅", Verdict.NOT_STARTED: "⬜", Verdict.GRADER_ERROR: "⚠️"}

_Failing = tuple[KataResult, PropertyResult]


def fenced(text: str, token: str) -> str:
    """A text for the log during which the runner obeys nothing; the token must be unguessable."""
    return f"::stop-commands::{token}\n{text.rstrip()}\n::{token}::\n"


def annotated(report: Report, root: Path) -> str:
    """The lines that annotate the learner's files, with paths below `root`; may be empty.

    The worst of each kata comes first, so that no kata is crowded out by another.
    """
    errors = _interleaved([_failing(result) for result in report.katas])
    lines = [_error(result, prop, root) for result, prop in errors]
    notices = [
        _command("notice", _place(result.file, root), None, f"{result.slug}: a remark", remark)
        for result in report.katas
        for remark in dict.fromkeys(r for prop in result.properties for r in prop.remarks)
    ]
    shown = [*lines[:ANNOTATIONS], *notices[:ANNOTATIONS]]
    if len(lines) > ANNOTATIONS:
        shown.append(f"{len(lines) - ANNOTATIONS} more failures are in the summary of this job.")
    return "".join(f"{line}\n" for line in shown)


def _failing(result: KataResult) -> list[_Failing]:
    """The failing properties of one kata, a cause that they share but once."""
    causes: dict[Failure | None, PropertyResult] = {}
    for prop in result.properties:
        if prop.verdict.fails:
            causes.setdefault(prop.failure, prop)
    return [(result, prop) for prop in causes.values()]


def _interleaved(rows: list[list[_Failing]]) -> list[_Failing]:
    longest = max((len(row) for row in rows), default=0)
    return [row[number] for number in range(longest) for row in rows if number < len(row)]


def _error(result: KataResult, prop: PropertyResult, root: Path) -> str:
    failure = prop.failure or Failure(prop.sentence)
    line = failure.line
    file = _place(result.file, root)
    if prop.verdict is Verdict.GRADER_ERROR:
        file = f"graders/test_{result.slug}.py"
    elif line is not None and line.file != Path(result.file).name:
        line = None
    body = [prop.sentence, failure.message]
    for label, text in (
        ("call", call_text(failure.call)),
        ("returned", failure.returned),
        ("expected", failure.expected),
        ("try", failure.advice),
    ):
        body += [f"{label}: {text}"] if text else []
    title = f"{result.slug}: {prop.verdict.words}"
    return _command("error", file, line, title, "\n".join(dict.fromkeys(body)))


def _command(kind: str, file: str, line: SourceLine | None, title: str, text: str) -> str:
    number = f"line={line.number}," if line is not None and line.number > 0 else ""
    return f"::{kind} file={_property(file)},{number}title={_property(title)}::{_data(text)}"


def _data(text: str) -> str:
    text = "".join(char if char.isprintable() or char in "\r\n\t" else "�" for char in text)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _place(file: str, root: Path) -> str:
    path = Path(file)
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def summary(report: Report) -> str:
    """The page of the job: a table of the katas, then their properties and counterexamples."""
    started = [result for result in report.katas if result.verdict is not Verdict.NOT_STARTED]
    accepted = sum(result.verdict is Verdict.ACCEPTED for result in started)
    head = [f"## {accepted} of {len(report.katas)} katas accepted", ""]
    head += ["| kata | verdict | properties that hold | seconds |", "| --- | --- | ---: | ---: |"]
    for result in report.katas:
        holding = sum(not prop.verdict.fails for prop in result.properties)
        count = f"{holding} of {len(result.properties)}" if result in started else ""
        head.append(
            f"| `{result.slug}` | {_mark(result.verdict)} | {count} | {result.seconds:.1f} |"
        )
    if not started:
        head += ["", "Nothing is started yet: open a file under `exercises/`."]
    return _within([_lines(head), *map(_lines, _details(started))])


def _details(results: list[KataResult]) -> Iterator[list[str]]:
    # What failed first, for this may be cut.
    for result in sorted(results, key=lambda result: not result.verdict.fails):
        lines = ["", f"### `{result.slug}`: {_mark(result.verdict)}", ""]
        lines += ["| property | verdict | examples |", "| --- | --- | ---: |"]
        for prop in result.properties:
            lines.append(f"| {_cell(prop.sentence)} | {_mark(prop.verdict)} | {prop.examples} |")
        yield lines
        for _, prop in _failing(result):
            yield _counterexample(prop)


def _counterexample(prop: PropertyResult) -> list[str]:
    lines = ["", f"<details><summary>{html.escape(prop.sentence)}</summary>", ""]
    lines += _fence(failure_text(prop), "text")
    if prop.failure and prop.failure.call:
        lines += [
            "",
            "The whole call:",
            "",
            *_fence(call_text(prop.failure.call)[:PRINTED], "python"),
        ]
    if prop.failure and prop.failure.printed:
        lines += [
            "",
            "What your code printed:",
            "",
            *_fence(prop.failure.printed[:PRINTED], "text"),
        ]
    return [*lines, "", "</details>"]


def _fence(text: str, language: str) -> list[str]:
    """A code block that holds any text, for its fence is longer than any in there."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{language}", *text.splitlines(), fence]


def _mark(verdict: Verdict) -> str:
    return f"{MARKS.get(verdict, '❌')} {verdict.words}"


def _cell(text: str) -> str:
    """Text for a cell of a table: none of it is Markdown or HTML."""
    return re.sub(r"([\\`*_{}\[\]|~])", r"\\\1", html.escape(" ".join(text.split()), quote=False))


def _lines(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _within(blocks: list[str]) -> str:
    """The blocks that fit into a summary, whole ones only; what is left out is said."""
    kept: list[str] = []
    room = SUMMARY_BYTES - 200
    for number, block in enumerate(blocks):
        room -= len(block.encode("utf-8", "replace"))
        if room < 0:
            kept.append(f"\n{len(blocks) - number} more parts do not fit here: see the log.\n")
            break
        kept.append(block)
    return "".join(kept)
