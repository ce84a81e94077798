"""Talks about an answer that was handed in: what it costs, and follow-up questions from the notes.

It asks and tells through whoever holds the interview, and keeps nothing itself.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from kata import notes
from kata.complexity import Unclear
from kata.interview import Claim, Item

FOLLOW_UPS = 2
"""So many follow-up questions are asked of each kata, where its notes have so many."""


class Discussion:
    """A talk about one answer."""

    def __init__(
        self,
        ask: Callable[[str], str | None],
        tell: Callable[[str], None],
        note: Callable[..., None],
    ) -> None:
        """`ask` returns a typed line, or None when the interview has been ended instead.

        `tell` shows text. `note` has something happen, given its kind and facts.
        """
        self._ask, self._tell, self._note = ask, tell, note

    def hold(self, item: Item, text: str, seed: str) -> bool:
        """Ask what has not been asked yet, by the notes `text`; tell whether that came to its end.

        The same seed draws the same questions.
        """
        if item.accepted and item.claim is None:
            model = notes.section(text, "Complexity")
            costs = item.grade.costs if item.grade else ()
            if not self._claim(item.question.slug, costs, model):
                return False
        drawn = draw(notes.follow_ups(text), seed)
        return all(self._follow_up(question) for question in drawn[len(item.answers) :])

    def _claim(self, slug: str, costs: Sequence[Any], model: str) -> bool:
        self._tell(f"\n{slug}: time and space complexity? In one line, as in O(n * log(n)), O(n)")
        sizes = sorted({cost.size for cost in costs if cost.kind != "time"})
        if sizes:
            self._tell(f"  What was varied: {', '.join(sizes)}.")
        while True:
            line = self._ask("complexity > ")
            if line is None:
                return False
            try:
                claim = Claim.judged(line, costs)
                break
            except Unclear:
                self._tell("That cannot be read. Write products with *, as in O(n * k), O(n).")
        self._note("claim", claim=asdict(claim))
        self._tell(f"{claim.remark[:1].upper()}{claim.remark[1:]}.")
        if model:
            self._tell("The notes say:")
            self._tell(textwrap.indent(_joined(model), "  "))
        return True

    def _follow_up(self, asked: notes.FollowUp) -> bool:
        self._tell(f"\nFollow-up: {asked.question}")
        said = self._ask("in a line, or aloud and Enter > ")
        if said is None:
            return False
        self._tell("A good answer:")
        self._tell(textwrap.indent(_joined(asked.answer), "  "))
        rated: str | None = ""
        while rated not in ("0", "1", "2"):
            if rated:
                self._tell("One of the digits 0, 1 and 2, please.")
            rated = self._ask("Yours? 0 missed, 1 in part, 2 all of it > ")
            if rated is None:
                return False
        self._note(
            "answer", answer={"question": asked.question, "text": said, "rating": int(rated)}
        )
        return True


def draw(questions: Sequence[notes.FollowUp], seed: str) -> list[notes.FollowUp]:
    """The questions to ask, in their order; the same ones whenever the seed is the same."""
    chance = random.Random(seed)  # noqa: S311 a draw of questions, not of secrets
    places = sorted(chance.sample(range(len(questions)), min(FOLLOW_UPS, len(questions))))
    return [questions[place] for place in places]


def _joined(text: str) -> str:
    """Text with the lines of each paragraph joined again; lists and code stay as they are."""
    blocks = []
    for block in text.split("\n\n"):
        lines = block.splitlines()
        kept = any(line.startswith(("- ", "    ", "|")) for line in lines)
        blocks.append(block if kept else " ".join(line.strip() for line in lines))
    return "\n".join(blocks)
