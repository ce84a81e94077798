"""A report as JUnit XML, as Jenkins, GitLab and most dashboards read it; pure.

One test suite a kata, one test case a property. What the learner's own code did is a failure, a
fault of the grader an error, and what is not started is skipped.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from kata.reports.terminal import failure_text
from kata.verdict import KataResult, PropertyResult, Report, Verdict

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold, not even escaped; a learner can print it all the same."""


def render(report: Report) -> str:
    """The document, with an XML declaration and a newline at its end."""
    root = ET.Element("testsuites", name="kata")
    for result in report.katas:
        root.append(_suite(result))
    ET.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(root, encoding='unicode')}\n"


def _suite(result: KataResult) -> ET.Element:
    verdicts = [prop.verdict for prop in result.properties]
    errors = verdicts.count(Verdict.GRADER_ERROR)
    suite = ET.Element(
        "testsuite",
        name=result.slug,
        tests=str(len(verdicts)),
        failures=str(sum(verdict.fails for verdict in verdicts) - errors),
        errors=str(errors),
        skipped=str(verdicts.count(Verdict.NOT_STARTED)),
        time=f"{result.seconds:.3f}",
        file=_text(result.file),
    )
    for prop in result.properties:
        suite.append(_case(result.slug, prop))
    return suite


def _case(slug: str, prop: PropertyResult) -> ET.Element:
    case = ET.Element(
        "testcase",
        name=prop.name,
        classname=f"graders.test_{slug}",
        time=f"{prop.seconds:.3f}",
    )
    if prop.verdict is Verdict.NOT_STARTED:
        ET.SubElement(case, "skipped", type=prop.verdict.value, message="not started")
    elif prop.verdict.fails:
        kind = "error" if prop.verdict is Verdict.GRADER_ERROR else "failure"
        message = prop.failure.message if prop.failure else prop.sentence
        child = ET.SubElement(case, kind, type=prop.verdict.value, message=_text(message))
        child.text = _text(failure_text(prop))
        if prop.failure and prop.failure.printed:
            ET.SubElement(case, "system-out").text = _text(prop.failure.printed)
    return case


def _text(text: str) -> str:
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
