"""A report on one kata as the results.json of an Exercism test runner, version 3; pure."""

from __future__ import annotations

import json
from typing import Any

from kata.reports.terminal import call_text, failure_text
from kata.verdict import KataResult, PropertyResult, Verdict

VERSION = 3

OUTPUT = 500
"""Characters of output that Exercism shows of a test."""

CUT = "\nOutput was truncated. Please limit to 500 chars"
"""What its specification has a runner say of longer output."""

MESSAGE = 65_535
"""Characters of a message that it takes."""

UNTRIED = (
    Verdict.GRADER_ERROR,
    Verdict.LOAD_ERROR,
    Verdict.FORBIDDEN,
    Verdict.NOT_STARTED,
)
"""With one of these throughout, no test has run, which Exercism calls an error."""


def render(result: KataResult) -> str:
    """The document; its tests stand in the order of the grader."""
    untried = all(prop.verdict in UNTRIED for prop in result.properties)
    status = "error" if untried else "fail" if result.verdict.fails else "pass"
    document: dict[str, Any] = {"version": VERSION, "status": status, "message": None}
    if untried:
        document["message"] = _why(result)
        document["tests"] = []
    else:
        document["tests"] = [_test(prop) for prop in result.properties]
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _why(result: KataResult) -> str:
    prop = result.properties[0]
    if prop.verdict is Verdict.NOT_STARTED:
        return f"{result.slug} is not started: its functions still raise NotImplementedError."
    return f"{prop.verdict.words}\n\n{failure_text(prop)}"[:MESSAGE]


def _test(prop: PropertyResult) -> dict[str, Any]:
    wrong = prop.verdict is Verdict.WRONG_ANSWER
    status = "fail" if wrong else "error" if prop.verdict.fails else "pass"
    test: dict[str, Any] = {"name": prop.sentence, "status": status}
    if prop.failure is None:
        return test
    test["message"] = failure_text(prop)[:MESSAGE]
    if prop.failure.call:
        test["test_code"] = call_text(prop.failure.call)
    printed = prop.failure.printed
    if len(printed) > OUTPUT:
        printed = printed[: OUTPUT - len(CUT)] + CUT
    return test | ({"output": printed} if printed else {})
