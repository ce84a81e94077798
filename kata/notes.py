"""What an interviewer takes from a notes.md: follow-up questions with model answers; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

SECTION = re.compile(r"^## (.*)$", re.MULTILINE)
QUESTION = re.compile(r"^\*\*(.+?)\*\*[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that comes after the code, and what a good answer has."""

    question: str
    answer: str


def section(text: str, title: str) -> str:
    """What stands under the second-level heading `title`; empty when there is no such heading."""
    parts = SECTION.split(text)[1:]
    bodies = {
        name.strip().lower(): body for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
    return bodies.get(title.lower(), "").strip()


def follow_ups(text: str) -> tuple[FollowUp, ...]:
    """The follow-up questions, in their order: bold paragraphs, each followed by its answer."""
    parts = QUESTION.split(section(text, "Follow-up questions"))[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return tuple(
        FollowUp(" ".join(question.split()), answer.strip())
        for question, answer in pairs
        if answer.strip()
    )
