"""docs/topics.md: which topics of interviews have a kata, and which none. Facts in, text out."""

from __future__ import annotations

from collections.abc import Sequence

from kata.catalog import Kata
from kata.syllabus import Area

HEAD = """\
# Topics

What the coding rounds of machine-learning interviews ask about, and the katas that practise it.
Made by `make table` from [exercises/topics.toml](../exercises/topics.toml) and every kata.toml; do
not edit it.
"""


def render(areas: Sequence[Area], katas: Sequence[Kata]) -> str:
    """The page: first how far each area is covered, then its topics one by one."""
    by_topic = {
        topic: [kata for kata in katas if topic in kata.topics]
        for area in areas
        for topic in area.topics
    }
    covered = sum(bool(found) for found in by_topic.values())
    lines = [
        HEAD,
        f"{covered} of {len(by_topic)} topics have a kata.\n",
        "| area | topics with a kata | still missing |",
        "| --- | --- | --- |",
        *(_row(area, by_topic) for area in areas),
    ]
    for area in areas:
        lines += [f"\n## {area.name}\n", "| topic | katas |", "| --- | --- |"]
        lines += [
            f"| {topic} | {', '.join(map(_link, by_topic[topic])) or 'none yet'} |"
            for topic in area.topics
        ]
    return "\n".join(lines) + "\n"


def _row(area: Area, by_topic: dict[str, list[Kata]]) -> str:
    missing = [topic for topic in area.topics if not by_topic[topic]]
    had = len(area.topics) - len(missing)
    return f"| {area.name} | {had} of {len(area.topics)} | {', '.join(missing) or 'nothing'} |"


def _link(kata: Kata) -> str:
    return f"[`{kata.slug}`](../exercises/{kata.slug}/{kata.slug}.py) ({kata.difficulty})"
