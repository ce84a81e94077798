"""A report as Gradescope's results.json, with partial credit by property; pure.

A property is a test case and worth one point. What the grader itself failed at has no points: it
must not cost the learner any.
"""

from __future__ import annotations

import json
from typing import Any

from kata.reports.terminal import failure_text
from kata.verdict import KataResult, PropertyResult, Report, Verdict

POINTS = 1.0
"""What a property is worth; the assignment's points are their number."""

VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")
"""When students may see the properties, in Gradescope's words."""

OUTPUT = 10_000
"""Characters of one property's text; Gradescope cuts long results, and not where one would."""


def render(report: Report, visibility: str = "visible") -> str:
    """The document; what keeps a file from being graded at all is visible at any time."""
    several = len(report.katas) > 1
    tests = [
        _test(result, prop, number, several, visibility)
        for result in report.katas
        for number, prop in enumerate(result.properties, 1)
    ]
    document = {
        "execution_time": round(sum(result.seconds for result in report.katas), 3),
        "output": "\n".join(map(_line, report.katas)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "tests": tests,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _line(result: KataResult) -> str:
    holding = sum(prop.verdict is Verdict.ACCEPTED for prop in result.properties)
    text = f"{result.slug}: {result.verdict.words}, {holding} of {len(result.properties)} hold."
    if result.verdict is Verdict.GRADER_ERROR:
        text += " The grader itself failed, which costs you nothing: tell your instructor."
    return text


def _test(
    result: KataResult, prop: PropertyResult, number: int, several: bool, visibility: str
) -> dict[str, Any]:
    accepted = prop.verdict is Verdict.ACCEPTED
    output = [prop.verdict.words]
    if prop.verdict.fails:
        output.append(failure_text(prop))
    if prop.failure and prop.failure.printed:
        output += ["", "What your code printed:", prop.failure.printed]
    test: dict[str, Any] = {
        "name": f"{result.slug}: {prop.sentence}" if several else prop.sentence,
        "number": str(number),
        "status": "passed" if accepted else "failed",
        "output": "\n".join(output)[:OUTPUT],
        "tags": [result.slug, prop.verdict.value],
        "visibility": "visible" if prop.verdict is Verdict.LOAD_ERROR else visibility,
        "extra_data": {"property": prop.name, "verdict": prop.verdict.value},
    }
    if prop.verdict is not Verdict.GRADER_ERROR:
        test |= {"score": POINTS if accepted else 0.0, "max_score": POINTS}
    return test
