"""What to practise next: rounds, ratings and advice, from journals written out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kata.catalog import Kata
from kata.journal import Attempt, Event, Kind
from kata.policy import Rules
from kata.schedule import Standing, advise, standing
from kata.verdict import Verdict

START = 1_790_000_000.0
MINUTE, DAY = 60.0, 86_400.0


def kata(
    slug: str = "echo", difficulty: str = "Easy", focus: tuple[str, ...] = ("Echoes",)
) -> Kata:
    return Kata(slug, Path(), difficulty, "Echo.", focus, 30, (), (), Rules())


def attempt(at: float, verdict: Verdict = Verdict.ACCEPTED, digest: str = "a") -> Attempt:
    return Attempt(1, "echo", START + at, digest, verdict, 1.0, 1, 1, ())


def event(at: float, kind: Kind) -> Event:
    return Event("echo", START + at, kind, "")


def moment(at: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(START + at, dt.UTC)


def days_until_due(found: Standing) -> int:
    assert found.card is not None
    return (found.card.due - moment(found.rounds[-1].ended - START)).days


WRONG = Verdict.WRONG_ANSWER


def test_a_round_ends_with_an_acceptance_and_leaves_pauses_out() -> None:
    checks = [attempt(0, WRONG), attempt(10 * MINUTE, WRONG), attempt(8 * 3600), attempt(DAY)]
    found = standing(kata(), checks, [])
    assert [(r.checks, r.worked, r.accepted) for r in found.rounds] == [(3, 10 * MINUTE, True)]
    assert not found.open
    assert found.best_seconds == 10 * MINUTE


def test_checking_an_accepted_file_again_is_no_practice() -> None:
    once = standing(kata(), [attempt(0)], [])
    often = standing(kata(), [attempt(0), attempt(MINUTE), attempt(5 * DAY)], [])
    assert often.card == once.card


def test_writing_it_anew_after_a_reset_is_practice() -> None:
    found = standing(
        kata(), [attempt(0), attempt(5 * DAY + 9 * MINUTE)], [event(5 * DAY, Kind.RESET)]
    )
    assert [r.worked for r in found.rounds] == [0.0, 9 * MINUTE]


def test_more_trouble_means_sooner_again() -> None:
    def due(attempts: list[Attempt], events: list[Event]) -> int:
        return days_until_due(standing(kata(), attempts, events))

    quick = due([attempt(0, WRONG), attempt(5 * MINUTE)], [])
    plain = due([attempt(0, WRONG), attempt(20 * MINUTE)], [])
    hinted = due(
        [attempt(0, WRONG), attempt(20 * MINUTE)],
        [event(MINUTE, Kind.HINT), event(2 * MINUTE, Kind.HINT)],
    )
    slow = due([attempt(at * 20 * MINUTE, WRONG) for at in range(3)] + [attempt(3600)], [])
    given_up = due([attempt(0, WRONG)], [event(20 * MINUTE, Kind.GIVE_UP)])
    assert given_up == 1
    assert quick > plain > hinted >= slow >= given_up


def test_what_is_half_done_comes_first() -> None:
    half = standing(kata("half"), [attempt(0, WRONG)], [])
    due = standing(kata("due"), [attempt(-200 * DAY)], [])
    advice = advise([due, standing(kata("new"), [], []), half], moment(DAY))
    assert advice.kata.slug == "half"
    assert "wrong answer" in advice.reason


def test_of_what_is_due_the_likeliest_to_be_forgotten_comes_first() -> None:
    long_ago = standing(kata("long_ago"), [attempt(-200 * DAY)], [])
    given_up = standing(
        kata("given_up"), [attempt(-200 * DAY, WRONG)], [event(-200 * DAY + 1, Kind.GIVE_UP)]
    )
    advice = advise([long_ago, given_up, standing(kata("new"), [], [])], moment(0))
    assert advice.kata.slug == "given_up"
    assert "by looking at the solution" in advice.reason


def test_what_is_new_comes_easy_before_hard_and_unpractised_areas_first() -> None:
    solved = standing(kata("solved", focus=("Echoes",)), [attempt(0)], [])
    fresh = [
        standing(kata("hard", "Hard", ("Silence",)), [], []),
        standing(kata("same", "Easy", ("Echoes",)), [], []),
        standing(kata("other", "Easy", ("Silence",)), [], []),
    ]
    assert advise([solved, *fresh], moment(60)).kata.slug == "other"


def test_when_nothing_is_due_it_says_when_something_will_be() -> None:
    advice = advise([standing(kata(), [attempt(0)], [])], moment(60))
    assert "Nothing is due; this one will be the first, in " in advice.reason


@pytest.mark.parametrize("at", [0.0, 1.0])
def test_two_equal_journals_give_equal_advice(at: float) -> None:
    found = [standing(kata(), [attempt(0, WRONG), attempt(600)], []) for _ in range(2)]
    assert advise(found[:1], moment(at)) == advise(found[1:], moment(at))
