"""What to practise next, by spaced repetition, from what the journal holds; pure.

A round is the work on one kata from its first check or hint to an acceptance or a reveal. Each
round is one review in the sense of FSRS (Ye, Su and Cao, 2022, "A stochastic shortest path
algorithm for optimizing spaced repetition scheduling"), as the package fsrs has it.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import fsrs

from kata.catalog import DIFFICULTIES, Kata
from kata.journal import Attempt, Event, Kind
from kata.verdict import Verdict

PAUSE_SECONDS = 30 * 60.0
"""A longer silence between two signs of life counts as away from the desk, not as work."""

SLOW, QUICK = 1.5, 0.5
"""Times the kata's own minutes beyond which a round was hard, and within which it was easy."""

# Without fuzzing: the same journal gives the same advice. Without the steps of minutes, which are
# meant for flashcards: a kata of an hour comes back after days.
SCHEDULER = fsrs.Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())


@dataclass(frozen=True, slots=True)
class Round:
    """One stretch of work on a kata that came to an end."""

    slug: str
    started: float
    """Seconds since the epoch, as the next one."""
    ended: float
    worked: float
    """Seconds, less the pauses; from the first check or hint, for what was before is not known."""
    checks: int
    hints: int
    accepted: bool
    """Whether it ended with an acceptance; otherwise the reference was looked at before that."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands with one kata."""

    kata: Kata
    rounds: tuple[Round, ...]
    attempts: int
    hints: int
    reveals: int
    best_seconds: float | None
    """Work in the shortest round that ended with an acceptance."""
    last: float | None
    """When anything was last done, in seconds since the epoch."""
    last_verdict: Verdict | None
    open: bool
    """Whether a round is going on."""
    card: fsrs.Card | None
    """None before the first review."""

    def due(self, now: dt.datetime) -> bool:
        """Whether it is time to repeat it."""
        return self.card is not None and self.card.due <= now

    def retrievability(self, now: dt.datetime) -> float:
        """The chance that it would be solved from memory, as FSRS estimates it; 0 if unseen."""
        return SCHEDULER.get_card_retrievability(self.card, now) if self.card else 0.0


@dataclass(frozen=True, slots=True)
class Advice:
    """A kata to practise now, and why, in one sentence."""

    kata: Kata
    reason: str


def standing(kata: Kata, attempts: Sequence[Attempt], events: Sequence[Event]) -> Standing:
    """Fold what the journal holds of one kata; both sequences are the oldest first."""
    rounds, is_open = _rounds(kata.slug, attempts, events)
    card = None
    for done in rounds:
        moment = dt.datetime.fromtimestamp(done.ended, dt.UTC)
        card, _ = SCHEDULER.review_card(card or fsrs.Card(card_id=0), _rating(done, kata), moment)
    accepted = [done.worked for done in rounds if done.accepted]
    looked = {Kind.REVEAL, Kind.GIVE_UP}
    last = max((item.at for items in (attempts, events) for item in items), default=None)
    return Standing(
        kata,
        rounds,
        attempts=len(attempts),
        hints=sum(event.kind is Kind.HINT for event in events),
        reveals=sum(event.kind in looked for event in events),
        best_seconds=min(accepted, default=None),
        last=last,
        last_verdict=attempts[-1].verdict if attempts else None,
        open=is_open,
        card=card,
    )


def _rounds(
    slug: str, attempts: Iterable[Attempt], events: Iterable[Event]
) -> tuple[tuple[Round, ...], bool]:
    """The rounds that have ended, and whether another is going on."""
    rounds: list[Round] = []
    moments: list[float] = []
    checks = hints = 0
    solved: set[str] = set()
    items: list[Attempt | Event] = [*attempts, *events]
    for item in sorted(items, key=lambda item: item.at):
        ended = accepted = False
        if isinstance(item, Attempt):
            accepted = item.verdict is Verdict.ACCEPTED
            if accepted and item.digest in solved and not moments:
                continue  # a file that had been accepted was only checked again
            checks, ended = checks + 1, accepted
            if accepted:
                solved.add(item.digest)
        elif item.kind is Kind.HINT:
            hints += 1
        elif item.kind is Kind.GIVE_UP:
            ended = True
        elif item.kind is Kind.RESET:
            solved.clear()  # to be written anew, perhaps to the same letters
            if not moments:
                moments = [item.at]  # the clock starts with the empty stub
            continue
        else:
            continue
        moments.append(item.at)
        if ended:
            worked = sum(
                gap
                for before, after in itertools.pairwise(moments)
                if (gap := after - before) <= PAUSE_SECONDS
            )
            rounds.append(Round(slug, moments[0], item.at, worked, checks, hints, accepted))
            moments, checks, hints = [], 0, 0
    return tuple(rounds), checks + hints > 0


def _rating(done: Round, kata: Kata) -> fsrs.Rating:
    minutes = done.worked / 60
    if not done.accepted:
        return fsrs.Rating.Again
    if done.hints >= 2 or minutes > SLOW * kata.minutes:
        return fsrs.Rating.Hard
    # A round of a single check has no length that is known, so it does not count as quick.
    if not done.hints and done.checks > 1 and minutes <= QUICK * kata.minutes:
        return fsrs.Rating.Easy
    return fsrs.Rating.Good


def advise(standings: Sequence[Standing], now: dt.datetime) -> Advice:
    """What to practise at `now`. There must be at least one kata.

    What is half done comes first, then what is due (the likeliest to be forgotten first), then
    what is new (easy before hard, and focus areas that have had the least practice), and then
    whatever is due next.
    """
    unfinished = [each for each in standings if each.open]
    if unfinished:
        best = max(unfinished, key=lambda each: each.last or 0.0)
        verdict = f" (last check: {best.last_verdict.words})" if best.last_verdict else ""
        return Advice(best.kata, f"You have begun it and not finished{verdict}.")
    due = [each for each in standings if each.due(now)]
    if due:
        best = min(due, key=lambda each: each.retrievability(now))
        chance = round(100 * best.retrievability(now))
        return Advice(
            best.kata,
            f"You finished it {_ago(best, now)}, {_how(best)}: by now you would solve it from "
            f"memory with a chance of {chance} %.",
        )
    fresh = [each for each in standings if each.card is None]
    if fresh:
        practised = [area for each in standings if each.card for area in each.kata.focus]
        best = min(
            fresh,
            key=lambda each: (
                DIFFICULTIES.index(each.kata.difficulty),
                sum(practised.count(area) for area in each.kata.focus),
            ),
        )
        return Advice(
            best.kata, f"Nothing is due, and this one is new to you ({best.kata.difficulty})."
        )
    best = min(standings, key=lambda each: each.card.due if each.card else now)
    assert best.card is not None  # noqa: S101 all have one, or they would be fresh
    days = max(1, (best.card.due - now).days)
    return Advice(
        best.kata, f"Nothing is due; this one will be the first, in {days} day{'s' * (days != 1)}."
    )


def _ago(each: Standing, now: dt.datetime) -> str:
    days = int((now.timestamp() - each.rounds[-1].ended) // 86_400)
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def _how(each: Standing) -> str:
    done = each.rounds[-1]
    if not done.accepted:
        return "by looking at the solution"
    hints = f"{done.hints or 'no'} hint{'s' * (done.hints != 1)}"
    return f"after {done.checks} check{'s' * (done.checks != 1)} and with {hints}"
