"""A mock interview's score as one JSON document, and that document as text; pure.

docs/mock.schema.json is the contract of the document.
"""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from typing import Any

from kata.clock import spoken
from kata.interview import How, Item, State
from kata.reports.terminal import Paint, plain
from kata.rubric import POINTS, KataScore, Score

FORMAT = 1
"""Raised whenever a reader of the old document would misread the new one."""

WIDTH = 80

GOOD = ("strong hire", "hire")


def document(state: State, score: Score, folder: str) -> dict[str, Any]:
    """All that there is to say of an interview that is over, as JSON types."""
    katas = iter(score.katas)
    used = (*state.before, state.used)
    return {
        "format": FORMAT,
        "at": dt.datetime.fromtimestamp(state.started.wall, dt.UTC).isoformat(timespec="seconds"),
        "folder": folder,
        "preset": state.plan.preset or None,
        "seed": state.plan.seed,
        "points": round(score.points, 1),
        "band": score.band,
        "reasons": list(score.reasons),
        "quit": state.closing is How.QUIT,
        "pause_seconds": round(state.pause_seconds, 1) if state.paused else None,
        "rounds": [
            {
                "name": sitting.name,
                "seconds": round(sitting.seconds, 1),
                "used_seconds": round(used[number], 1) if number < len(used) else 0.0,
                "katas": [_kata(next(katas)) for _ in sitting.questions],
            }
            for number, sitting in enumerate(state.plan.rounds)
        ],
    }


def _kata(scored: KataScore) -> dict[str, Any]:
    item = scored.item
    grade, claim = item.grade, item.claim
    return {
        "slug": item.question.slug,
        "difficulty": item.question.difficulty,
        "minutes": item.question.minutes,
        "share_seconds": round(item.question.seconds, 1),
        "worked_seconds": round(item.worked, 1),
        "ending": item.ending.value if item.ending else None,
        "verdict": grade.verdict.value if grade else None,
        "holding": grade.holding if grade else 0,
        "total": grade.total if grade else 0,
        "checks": item.checks,
        "accepted_seconds": None if item.accepted_at is None else round(item.accepted_at, 1),
        "budget_met": grade.budget if grade else None,
        "complexity": claim
        and {
            "claim": claim.text,
            "time": claim.time,
            "space": claim.space,
            "remark": claim.remark,
        },
        "follow_ups": [
            {"question": each.question, "answer": each.text, "rating": each.rating}
            for each in item.answers
        ],
        "points": None if scored.points is None else round(scored.points, 1),
        "rubric": [
            {
                "name": line.name,
                "points": None if line.share is None else round(POINTS[line.name] * line.share, 1),
                "of": POINTS[line.name],
                "reason": line.reason,
            }
            for line in scored.lines
        ],
    }


def render_json(shown: dict[str, Any]) -> str:
    """The document, indented, with a newline at its end."""
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"


def render(shown: dict[str, Any], *, paint: Paint = plain, width: int = WIDTH) -> str:
    """The document as text for a person."""
    width = min(width, WIDTH)
    band = paint("green" if shown["band"] in GOOD else "yellow", shown["band"])
    title = f"Mock interview{': ' + shown['preset'] if shown['preset'] else ''}"
    lines = [paint("bold", title), f"{band}, {shown['points']:.0f} of 100 points"]
    several = len(shown["rounds"]) > 1
    for sitting in shown["rounds"]:
        if several:
            clock = f"{spoken(sitting['used_seconds'])} of {spoken(sitting['seconds'])}"
            lines += ["", f"{sitting['name']}, {clock}"]
        for kata in sitting["katas"]:
            lines += ["", *_kata_lines(kata, sitting, paint, width)]
    lines += ["", paint("bold", "Why")]
    for reason in shown["reasons"]:
        lines += textwrap.wrap(reason, width, initial_indent="  - ", subsequent_indent="    ")
    lines += ["", *textwrap.wrap(f"Your answers and the log: {shown['folder']}/", width)]
    return "\n".join(lines) + "\n"


def _kata_lines(
    kata: dict[str, Any], sitting: dict[str, Any], paint: Paint, width: int
) -> list[str]:
    ended = (kata["verdict"] or kata["ending"] or "not reached").replace("_", " ")
    clock = (
        f"{spoken(kata['worked_seconds'])} on the clock, its share was "
        f"{spoken(kata['share_seconds'])} of {spoken(sitting['seconds'])}"
    )
    points = "" if kata["points"] is None else f", {kata['points']:.0f} of 100 points"
    lines = [f"{paint('bold', kata['slug'])}   {ended}{points}"]
    lines += textwrap.wrap(clock, width, initial_indent="  ", subsequent_indent="  ")
    for line in kata["rubric"]:
        points = "     -" if line["points"] is None else f"{line['points']:>3.0f}/{line['of']:<2}"
        lead = f"  {line['name']:<11}{points}  "
        lines += textwrap.wrap(
            line["reason"], width, initial_indent=lead, subsequent_indent=" " * len(lead)
        )
    return lines


def share(item: Item, seconds: float) -> str:
    """What a question has had of the round's clock, once it is at its end."""
    part = 100 * item.worked / seconds
    return (
        f"{item.question.slug}: {spoken(item.worked)} on the clock, {part:.0f} % of the round's "
        f"{spoken(seconds)}. Its share was {spoken(item.question.seconds)}."
    )
