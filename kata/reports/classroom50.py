"""A report as the result.json of a Classroom 50 autograder, schema classroom50/result/v1; pure.

A property is a test and worth one point, as the schema asks for whole numbers.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kata.errors import UsageError
from kata.reports.terminal import failure_text
from kata.verdict import PropertyResult, Report, Verdict

SCHEMA = "classroom50/result/v1"

OUTPUT = 4_000
"""Characters of what a test says, so that the document stays far below the collector's limit."""

TYPES = ("individual", "group")


@dataclass(frozen=True, slots=True)
class Submission:
    """What Classroom 50's runner says of the submission that is graded."""

    classroom: str
    assignment: str
    assignment_type: str
    owner: str
    submission: str
    commit: str
    release: str
    review: str

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Submission:
        """Read it from the runner's variables; UsageError names the ones that are missing."""
        owner = environment.get("OWNER") or environment.get("USERNAME", "")
        commit = environment.get("COMMIT_URL", "")
        found = {
            "CLASSROOM": environment.get("CLASSROOM", ""),
            "ASSIGNMENT": environment.get("ASSIGNMENT", ""),
            "ASSIGNMENT_TYPE": environment.get("ASSIGNMENT_TYPE") or TYPES[0],
            "OWNER": owner,
            "SUBMISSION_TAG": environment.get("SUBMISSION_TAG", ""),
            "COMMIT_URL": commit,
            "RELEASE_URL": environment.get("RELEASE_URL", ""),
            "REVIEW_URL": environment.get("REVIEW_URL") or commit,
        }
        missing = [name for name, value in found.items() if not value]
        if missing:
            raise UsageError(
                "--format classroom50 needs what Classroom 50's runner sets. Missing from the "
                f"environment: {', '.join(missing)} (docs/classroom50.md)."
            )
        return cls(*found.values())


def render(report: Report, submission: Submission, now: dt.datetime) -> str:
    """The document. `now` stands for the time of the submission until the runner stamps that."""
    several = len(report.katas) > 1
    tests = [
        _test(f"{result.slug}: {prop.sentence}" if several else prop.sentence, prop)
        for result in report.katas
        for prop in result.properties
    ]
    instant = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    document = {
        "schema": SCHEMA,
        "classroom": submission.classroom,
        "assignment": submission.assignment,
        "assignment_type": submission.assignment_type,
        "owner": submission.owner,
        "submission": submission.submission,
        "commit": submission.commit,
        "release": submission.release,
        "review": submission.review,
        "datetime": instant,
        "graded_at": instant,
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _test(name: str, prop: PropertyResult) -> dict[str, Any]:
    passed = prop.verdict is Verdict.ACCEPTED
    test: dict[str, Any] = {
        "test-name": name,
        "passed": passed,
        "score": int(passed),
        "max-score": 1,
        "verdict": prop.verdict.value,
    }
    if prop.verdict.fails:
        test["message"] = failure_text(prop)[:OUTPUT]
    return test
