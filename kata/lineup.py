"""Which katas an interview asks, and for how long: presets, and a pick by need; pure.

The same standings, past interviews, wishes and seed give the same line-up.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kata.catalog import Kata
from kata.errors import UsageError
from kata.interview import Plan, Question, Round
from kata.preset import PRESETS

if TYPE_CHECKING:
    from kata.schedule import Standing  # which loads fsrs

MINUTES = 45.0
"""How long an interview is when nobody says."""

REPEAT_DAYS = 14
"""A kata that was asked in an interview so recently is asked again only for want of another."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever sits the interview asks for; what is left open is None or empty."""

    preset: str | None = None
    minutes: float | None = None
    level: str | None = None
    focus: str | None = None
    slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """A kata that an interview has asked."""

    slug: str
    at: float
    """Seconds since the epoch."""


def pick(
    wish: Wish, standings: Sequence[Standing], past: Sequence[Past], now: dt.datetime, seed: int
) -> Plan:
    """The plan of an interview. Raises UsageError when the wish cannot be granted."""
    _must_agree(wish)
    if wish.slugs:
        by_slug = {each.kata.slug: each.kata for each in standings}
        katas = [by_slug[slug] for slug in dict.fromkeys(wish.slugs)]
        minutes = wish.minutes or float(sum(kata.minutes for kata in katas))
        return Plan("", seed, (_round("interview", minutes, katas),))
    ordered = [each.kata for each in _by_need(standings, past, now, seed)]
    ordered = [kata for kata in ordered if _is_about(kata, wish.focus)]
    if not ordered:
        areas = sorted({area for each in standings for area in each.kata.focus})
        raise UsageError(f"No kata is about {wish.focus!r}. Focus areas: {', '.join(areas)}.")
    if wish.preset:
        return _preset(wish, ordered, seed)
    minutes = wish.minutes or MINUTES
    level = [kata for kata in ordered if wish.level in (None, kata.difficulty)]
    if not level:
        raise UsageError(
            f"No kata is {wish.level} and about {wish.focus!r}. Leave one of the two out."
            if wish.focus
            else f"No kata is {wish.level}. Leave the level out."
        )
    return Plan("", seed, (_round("interview", minutes, _fitting(level, minutes)),))


def _must_agree(wish: Wish) -> None:
    """Raise UsageError for wishes that exclude each other."""
    if wish.preset and (wish.slugs or wish.level or wish.minutes):
        raise UsageError(
            f"The preset {wish.preset} says how long, how hard and how many: "
            "leave out the minutes, the level and the names of katas."
        )
    if wish.slugs and (wish.level or wish.focus):
        raise UsageError("Name katas, or say their level and focus; not both.")


def _is_about(kata: Kata, focus: str | None) -> bool:
    return not focus or any(focus.lower() in area.lower() for area in kata.focus)


def _by_need(
    standings: Sequence[Standing], past: Sequence[Past], now: dt.datetime, seed: int
) -> list[Standing]:
    """What is due or was never seen comes first, what an interview has asked of late comes last."""
    lately = now.timestamp() - REPEAT_DAYS * 86_400
    asked = {each.slug: each.at for each in sorted(past, key=lambda each: each.at)}
    chance = random.Random(seed)  # noqa: S311 a draw of katas, not of secrets
    drawn = {each.kata.slug: chance.random() for each in standings}

    def key(each: Standing) -> tuple[float, int, float]:
        last = asked.get(each.kata.slug, 0.0)
        unseen = each.last is None
        need = 0 if each.due(now) or unseen else 1 if each.open else 2
        return (last if last >= lately else 0.0, need, drawn[each.kata.slug])

    return sorted(standings, key=key)


def _fitting(ordered: Sequence[Kata], minutes: float) -> list[Kata]:
    """The first katas whose own minutes fit; where none does, the shortest."""
    chosen: list[Kata] = []
    for kata in ordered:
        if sum(each.minutes for each in chosen) + kata.minutes <= minutes:
            chosen.append(kata)
    return chosen or [min(ordered, key=lambda kata: kata.minutes)]


def _preset(wish: Wish, ordered: Sequence[Kata], seed: int) -> Plan:
    preset = PRESETS[wish.preset or ""]
    left = list(ordered)
    rounds: list[Round] = []
    for part in preset.parts:
        katas = []
        for difficulty in part.difficulties:
            kata = next((kata for kata in left if kata.difficulty == difficulty), None)
            if kata is None:
                about = f" about {wish.focus!r}" if wish.focus else ""
                needed = sum(each.difficulties.count(difficulty) for each in preset.parts)
                raise UsageError(
                    f"The preset {wish.preset} asks {needed} kata{'s' * (needed != 1)} of level "
                    f"{difficulty}, and there are not so many{about}. Choose another preset."
                )
            left.remove(kata)
            katas.append(kata)
        rounds.append(_round(part.name, part.minutes, katas, preset.rest if rounds else 0.0))
    return Plan(wish.preset or "", seed, tuple(rounds))


def _round(name: str, minutes: float, katas: Sequence[Kata], rest: float = 0.0) -> Round:
    """A round whose time is shared out in proportion to the katas' own minutes."""
    total = sum(kata.minutes for kata in katas)
    return Round(
        name,
        minutes * 60,
        tuple(
            Question(
                kata.slug, float(kata.minutes), minutes * 60 * kata.minutes / total, kata.difficulty
            )
            for kata in katas
        ),
        rest * 60,
    )
