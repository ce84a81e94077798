"""A report as one JSON document; docs/check.schema.json is its contract; pure."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kata.verdict import PropertyResult, Report

FORMAT = 1
"""Raised whenever a reader of the old document would misread the new one."""


def render(report: Report) -> str:
    """The document, indented, with a newline at its end."""
    document = {
        "format": FORMAT,
        "exit_status": report.exit_status,
        "katas": [
            {
                "slug": kata.slug,
                "file": kata.file,
                "verdict": kata.verdict.value,
                "seconds": round(kata.seconds, 4),
                "properties": [_property(prop) for prop in kata.properties],
            }
            for kata in report.katas
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _property(prop: PropertyResult) -> dict[str, Any]:
    failure = prop.failure
    return {
        "name": prop.name,
        "sentence": prop.sentence,
        "verdict": prop.verdict.value,
        "examples": prop.examples,
        "seconds": round(prop.seconds, 4),
        "budget": prop.limit,
        "message": failure.message if failure else None,
        "counterexample": failure
        and {
            "call": failure.call,
            "returned": failure.returned,
            "expected": failure.expected,
            "line": failure.line
            and {
                "file": failure.line.file,
                "number": failure.line.number,
                "text": failure.line.text,
            },
            "printed": failure.printed,
            "advice": failure.advice,
            "program": prop.program,
        },
        "remarks": list(prop.remarks),
        "costs": [asdict(cost) for cost in prop.costs],
    }
