"""`kata mock`: its rules and its score, which are pure, and interviews on a real terminal."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
import termios
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from terminals import Terminal, kata_command
from workbench import CORE, KATAS, ROOT, has_ended, kata

from kata import (
    archive,
    catalog,
    clock,
    discussion,
    interview,
    journal,
    lineup,
    logbook,
    mock,
    notes,
    rubric,
)
from kata.clock import Moment, spoken
from kata.complexity import Unclear, heard
from kata.errors import UsageError
from kata.interview import (
    Claim,
    Ending,
    Event,
    Grade,
    How,
    Impossible,
    Phase,
    Plan,
    Question,
    Round,
    State,
)
from kata.journal import Attempt, Journal, Mock
from kata.lineup import Past, Wish
from kata.preset import PRESETS
from kata.reports import mock as report
from kata.schedule import Standing, standing
from kata.verdict import Cost, KataResult, PropertyResult, Verdict

DAY = 86_400.0
NOW = dt.datetime(2026, 6, 17, 20, 30, tzinfo=dt.UTC)
BOOT = Moment("a", 1000.0, NOW.timestamp())

ONE = Plan("", 7, (Round("interview", 600.0, (Question("echo", 5, 600.0, "Easy"),)),))
TWO = Plan(
    "",
    7,
    (Round("r", 600.0, (Question("a", 10, 200.0, "Easy"), Question("b", 20, 400.0, "Medium"))),),
)
LOOP = Plan(
    "full-loop",
    7,
    (
        Round("first", 600.0, (Question("a", 10, 600.0, "Medium"),)),
        Round("second", 300.0, (Question("b", 20, 300.0, "Hard"),), rest=120.0),
    ),
)
RIGHT = Grade(Verdict.ACCEPTED, 3, 3, budget=True, costs=(Cost("growth", 0.9, 1.5),))
WRONG = Grade(Verdict.WRONG_ANSWER, 1, 3, budget=None)


class Told:
    """An interview to which things happen, some seconds after each other."""

    def __init__(self, plan: Plan, at: Moment = BOOT) -> None:
        event, self.state = interview.begin(plan, at)
        self.at, self.events = at, [event]

    def later(self, seconds: float, kind: str, **facts: Any) -> State:
        """Have this happen so many seconds later."""
        return self.happens(self.at.later(seconds), kind, **facts)

    def happens(self, at: Moment, kind: str, **facts: Any) -> State:
        """Have this happen then."""
        event = Event(kind, at, facts)
        self.state = interview.apply(self.state, event)
        self.at = at
        self.events.append(event)
        return self.state

    def checked(self, seconds: float, grade: Grade, how: How = How.CHECK) -> State:
        """Have the current question checked or handed in, and graded two seconds later."""
        slug = self.state.item.question.slug
        self.later(seconds, "ask", how=how.value)
        return self.later(2.0, "graded", slug=slug, how=how.value, grade=grade.to_plain())


# --- The clock ---------------------------------------------------------------------------------


@pytest.mark.parametrize("set_by", [-7200.0, 7200.0], ids=["back", "forward"])
def test_a_clock_that_is_set_changes_nothing(set_by: float) -> None:
    told = Told(ONE)
    told.later(0, "go")
    moved = replace(told.at.later(60), wall=told.at.wall + 60 + set_by)
    assert told.state.left(moved) == 540
    told.happens(moved, "tick")
    assert told.state.used == 60


def test_a_laptop_that_sleeps_does_not_stop_the_clock() -> None:
    told = Told(ONE)
    told.later(0, "go")
    awake = told.at.later(500)  # CLOCK_BOOTTIME goes on in sleep
    assert told.state.left(awake) == 100
    assert told.state.is_due(told.at.later(600))


def test_between_two_starts_of_the_machine_wall_time_counts_and_never_backwards() -> None:
    before = Moment("a", 5000.0, 1_000_000.0)
    assert Moment("b", 20.0, 1_000_090.0).since(before) == 90
    assert Moment("b", 20.0, 999_000.0).since(before) == 0
    # Where nothing tells starts apart, a clock that went back does.
    unknown = replace(before, boot="")
    assert Moment("", 20.0, 1_000_090.0).since(unknown) == 90
    assert Moment("", 5020.0, 0.0).since(unknown) == 20


def test_seconds_are_told_as_a_clock_shows_them() -> None:
    assert [spoken(s) for s in (0, -3, 59.9, 61, 3723)] == [
        *("00:00", "00:00", "00:59", "01:01", "1:02:03"),
    ]


# --- The state machine -------------------------------------------------------------------------


def test_the_clock_starts_when_the_candidate_says_so() -> None:
    told = Told(ONE)
    assert told.state.phase is Phase.READY
    assert told.state.left(told.at.later(1000)) == 600
    state = told.later(1000, "go")
    assert state.phase is Phase.WORK
    assert state.left(told.at.later(30)) == 570


def test_an_acceptance_counts_from_when_the_check_was_asked_for() -> None:
    told = Told(ONE)
    told.later(0, "go")
    told.checked(100, WRONG)
    told.checked(50, RIGHT)
    told.checked(10, RIGHT)
    item = told.state.item
    assert (item.checks, item.accepted_at, item.worked) == (3, 152.0, 166.0)
    assert item.open


def test_what_is_handed_in_is_closed_and_the_clock_stands_while_it_is_talked_about() -> None:
    told = Told(TWO)
    told.later(0, "go")
    state = told.checked(100, RIGHT, How.SUBMIT)
    assert state.phase is Phase.TALK
    assert state.used == 100
    told.later(300, "claim", claim={"text": "O(n)", "time": True, "space": None, "remark": ""})
    told.later(10, "answer", answer={"question": "Why?", "text": "", "rating": 2})
    state = told.later(1, "talked")
    assert (state.phase, state.current, state.used) == (Phase.READY, 1, 100)
    assert state.items[0].ending is Ending.SUBMITTED


def test_next_leaves_a_question_open_and_each_has_its_own_time() -> None:
    told = Told(TWO)
    told.later(0, "go")
    assert interview.other(told.state) == "b"
    told.later(60, "next", slug="b")
    told.later(90, "next", slug="a")
    told.later(15, "tick")
    assert [item.worked for item in told.state.items] == [75, 90]
    told.later(0, "skip")
    assert told.state.phase is Phase.READY
    told.later(0, "go")
    with pytest.raises(Impossible, match="No other question"):
        interview.other(told.state)


def test_the_pause_stops_the_clock_and_is_allowed_once() -> None:
    told = Told(ONE)
    told.later(0, "go")
    told.later(60, "pause")
    assert told.state.left(told.at.later(5000)) == 540
    told.later(200, "go")
    assert (told.state.used, told.state.pause_seconds) == (60, 200)
    with pytest.raises(Impossible, match="one pause has been taken"):
        told.later(1, "pause")


def test_at_time_out_every_open_question_is_graded_and_no_more_time_is_counted() -> None:
    told = Told(TWO)
    told.later(0, "go")
    state = told.later(10_000, "time_up", late=["a"])
    assert (state.phase, state.used, state.items[0].worked) == (Phase.GRADE, 600, 600)
    state = told.later(5, "graded", slug="a", how="time_up", grade=RIGHT.to_plain())
    assert state.phase is Phase.GRADE
    assert state.item.question.slug == "b"
    state = told.later(0, "passed", slug="b")  # it was never begun
    assert state.phase is Phase.TALK
    assert state.item.question.slug == "a"
    assert [item.ending for item in state.items] == [Ending.TIME_UP] * 2
    assert told.later(1, "talked").phase is Phase.OVER
    assert state.late == ("a",)


def test_a_check_that_was_asked_for_in_time_counts_when_its_verdict_comes_after_it() -> None:
    told = Told(ONE)
    told.later(0, "go")
    told.later(599, "ask", how="check")
    told.later(20, "graded", slug="echo", how="check", grade=RIGHT.to_plain())
    assert told.state.item.accepted_at == 599
    assert told.state.is_due(told.at)


@pytest.mark.parametrize("answer", ["excused", "counted"])
def test_an_absence_is_the_pause_or_it_counts(answer: str) -> None:
    told = Told(ONE)
    told.later(0, "go")
    told.later(60, "tick")
    told.later(500, "absent")
    assert told.state.phase is Phase.ABSENT
    state = told.later(1000, answer)
    assert state.phase is Phase.WORK
    assert state.used == (60 if answer == "excused" else 560)
    assert state.paused == (answer == "excused")


def test_after_the_pause_an_absence_cannot_be_another() -> None:
    told = Told(ONE)
    told.later(0, "go")
    told.later(1, "pause")
    told.later(1, "go")
    told.later(500, "absent")
    with pytest.raises(Impossible, match="one pause"):
        told.later(1, "excused")


def test_between_two_rounds_there_is_a_break_with_a_clock_of_its_own() -> None:
    told = Told(LOOP)
    told.later(0, "go")
    told.checked(200, WRONG, How.SUBMIT)
    state = told.later(0, "talked")
    assert state.phase is Phase.BREAK
    assert state.left(told.at.later(30)) == 90
    assert state.is_due(told.at.later(120))
    state = told.later(45, "go")
    assert (state.phase, state.round, state.before, state.used) == (Phase.WORK, 1, (200,), 0)
    assert state.left(told.at.later(10)) == 290
    state = told.later(300, "time_up")
    state = told.later(1, "graded", slug="b", how="time_up", grade=WRONG.to_plain())
    assert told.later(1, "talked").phase is Phase.OVER


def test_quitting_grades_what_is_open_and_ends_all_rounds() -> None:
    told = Told(LOOP)
    told.later(0, "go")
    told.later(30, "quit")
    state = told.later(3, "graded", slug="a", how="quit", grade=WRONG.to_plain())
    assert state.phase is Phase.OVER
    assert state.items[1].ending is None


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("pause", {}),
        ("skip", {}),
        ("ask", {"how": "check"}),
        ("time_up", {}),
        ("talked", {}),
        ("filed", {}),
        ("dance", {}),
    ],
)
def test_what_is_not_possible_before_the_clock_starts_is_refused(
    kind: str, facts: dict[str, str]
) -> None:
    with pytest.raises(Impossible):
        Told(ONE).later(1, kind, **facts)


def test_folding_the_written_log_gives_the_same_state_at_every_line() -> None:
    told = Told(TWO)
    told.later(3, "go")
    told.checked(40, WRONG)
    told.later(7, "pause")
    told.later(70, "go")
    told.checked(20, RIGHT, How.SUBMIT)
    told.later(2, "talked")
    lines = [json.dumps(event.to_plain()) for event in told.events]
    for count in range(1, len(lines) + 1):
        again = interview.fold(Event.from_plain(json.loads(line)) for line in lines[:count])
        assert again == interview.fold(told.events[:count])
    assert again == told.state


# --- The log -----------------------------------------------------------------------------------


def test_a_half_written_last_line_is_cut_off_and_the_log_goes_on(tmp_path: Path) -> None:
    with logbook.Logbook(tmp_path) as log:
        log.append({"kind": "one"})
    with (tmp_path / logbook.NAME).open("ab") as file:
        file.write(b'{"kind": "tw')
    assert logbook.read(tmp_path) == [{"kind": "one"}]
    with logbook.Logbook(tmp_path) as log:
        log.append({"kind": "three"})
    assert logbook.read(tmp_path) == [{"kind": "one"}, {"kind": "three"}]


def test_a_log_is_open_in_one_terminal_at_a_time(tmp_path: Path) -> None:
    with logbook.Logbook(tmp_path), pytest.raises(UsageError, match="another terminal"):
        logbook.Logbook(tmp_path)
    logbook.Logbook(tmp_path).close()


@pytest.mark.parametrize("begun", [b"", b'{"kind": "sta'])
def test_an_interview_that_could_not_begin_is_in_nobodys_way(tmp_path: Path, begun: bytes) -> None:
    folder = tmp_path / archive.FOLDER / "2026-01-01-120000"
    folder.mkdir(parents=True)
    (folder / logbook.NAME).write_bytes(begun)
    assert archive.unfinished(tmp_path) is None


@pytest.mark.parametrize("line", [b"no json", b'["a list"]', b'{"kind": "start"}'])
def test_a_damaged_log_is_named_and_left_as_it_is(tmp_path: Path, line: bytes) -> None:
    (tmp_path / logbook.NAME).write_bytes(line + b"\n")
    with pytest.raises(UsageError, match=re.escape(str(tmp_path / logbook.NAME))):
        archive.load(tmp_path)
    assert (tmp_path / logbook.NAME).read_bytes() == line + b"\n"


# --- Picking katas -----------------------------------------------------------------------------


def seen(slug: str, days_ago: float, verdict: Verdict = Verdict.ACCEPTED) -> Standing:
    """A standing with one attempt, so many days ago."""
    [kata] = [kata for kata in KATAS if kata.slug == slug]
    at = NOW.timestamp() - days_ago * DAY
    return standing(kata, [Attempt(1, slug, at, "d", verdict, 1.0, 1, 1, ())], [])


def fresh(*but: Standing) -> list[Standing]:
    """The core katas, none of which has been seen but these."""
    known = {each.kata.slug: each for each in but}
    return [known.get(kata.slug) or standing(kata, [], []) for kata in KATAS if kata.slug in CORE]


def slugs(plan: Plan) -> list[list[str]]:
    return [[question.slug for question in each.questions] for each in plan.rounds]


def test_the_same_seed_picks_the_same_and_seeds_differ() -> None:
    picks = [slugs(lineup.pick(Wish(minutes=60), fresh(), [], NOW, seed)) for seed in range(20)]
    again = [slugs(lineup.pick(Wish(minutes=60), fresh(), [], NOW, seed)) for seed in range(20)]
    assert picks == again
    assert len({str(pick) for pick in picks}) > 1


@pytest.mark.parametrize("minutes", [20, 30, 45, 60, 90, 150])
def test_what_is_picked_fits_the_minutes_where_anything_does(minutes: int) -> None:
    for seed in range(10):
        plan = lineup.pick(Wish(minutes=minutes), fresh(), [], NOW, seed)
        [round_] = plan.rounds
        own = [question.minutes for question in round_.questions]
        assert sum(own) <= minutes or len(own) == 1 == len([m for m in own if m == 25])
        assert round_.seconds == minutes * 60
        assert sum(q.seconds for q in round_.questions) == pytest.approx(round_.seconds)


def test_the_never_seen_and_the_due_come_before_the_rest() -> None:
    known = seen("kmeans", 1)
    for seed in range(20):
        plan = lineup.pick(Wish(minutes=60, level="Medium"), fresh(known), [], NOW, seed)
        assert slugs(plan) == [["messy_dataset"]]
    overdue = seen("kmeans", 400)
    assert overdue.due(NOW)
    fresh_again = seen("messy_dataset", 1)
    for seed in range(20):
        plan = lineup.pick(
            Wish(minutes=60, level="Medium"), fresh(overdue, fresh_again), [], NOW, seed
        )
        assert slugs(plan) == [["kmeans"]]


def test_what_an_interview_has_asked_of_late_comes_last() -> None:
    asked = [Past("recommender", NOW.timestamp() - 3 * DAY)]
    for seed in range(20):
        wish = Wish(minutes=60, level="Hard")
        assert slugs(lineup.pick(wish, fresh(), asked, NOW, seed)) == [["neural_network"]]
    both = [*asked, Past("neural_network", NOW.timestamp() - DAY)]
    assert slugs(lineup.pick(wish, fresh(), both, NOW, 1)) == [["recommender"]]
    long_ago = [Past("recommender", NOW.timestamp() - 100 * DAY)]
    picks = {str(slugs(lineup.pick(wish, fresh(), long_ago, NOW, seed))) for seed in range(20)}
    assert len(picks) == 2


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_can_be_held_with_the_katas_there_are(preset: str) -> None:
    for seed in range(10):
        plan = lineup.pick(Wish(preset=preset), fresh(), [], NOW, seed)
        parts = PRESETS[preset].parts
        assert [each.seconds / 60 for each in plan.rounds] == [part.minutes for part in parts]
        asked = [question for each in plan.rounds for question in each.questions]
        assert [q.difficulty for q in asked] == [d for part in parts for d in part.difficulties]
        assert len({question.slug for question in asked}) == len(asked)
        assert [each.rest > 0 for each in plan.rounds] == [n > 0 for n in range(len(parts))]


def test_katas_that_are_named_are_asked_in_that_order_for_their_own_minutes() -> None:
    plan = lineup.pick(Wish(slugs=("kmeans", "linear_regression")), fresh(), [], NOW, 1)
    assert slugs(plan) == [["kmeans", "linear_regression"]]
    assert plan.rounds[0].seconds == 60 * 60


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish(focus="Cooking"), "Focus areas: Algorithm Design"),
        (Wish(preset="screen", minutes=10), "leave out the minutes"),
        (Wish(slugs=("kmeans",), level="Hard"), "not both"),
        (Wish(preset="full-loop", focus="Scalability"), "Choose another preset"),
        (Wish(level="Easy", focus="Scalability"), "Leave one of the two out"),
    ],
)
def test_a_wish_that_cannot_be_granted_says_why(wish: Wish, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        lineup.pick(wish, fresh(), [], NOW, 1)


# --- The complexity, and the notes -------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "time", "space"),
    [
        ("O(n * k), O(n)", 1, 1),
        ("n log n time; n^2 space", 1, 2),
        ("O(n k d iterations) and O(1)", 1, 0),
        ("O((n + k) d)", 1, None),
        ("2n, n**2 log(n)", 1, 2),
        ("N²", 2, None),
    ],
)
def test_a_complexity_is_understood_as_people_say_it(
    said: str, time: float, space: float | None
) -> None:
    first, second = heard(said)
    assert first.power("n") == time
    assert (second.power("n") if second else None) == space


@pytest.mark.parametrize("said", ["", "what?", "O(n), O(n), O(n)", "max(n, k)", "n" * 200])
def test_what_is_no_complexity_is_asked_for_again(said: str) -> None:
    with pytest.raises(Unclear):
        heard(said)


def test_a_claim_is_held_against_the_measurement() -> None:
    costs = [Cost("time", 0.1, 0.2), Cost("growth", 1.1, 1.5), Cost("memory", 1.0, 1.5)]
    right = Claim.judged("O(n), O(n)", costs)
    assert (right.time, right.space) == (True, True)
    wrong = Claim.judged("O(n^2), O(1)", costs)
    assert (wrong.time, wrong.space) == (False, False)
    assert "O(n**2) says n^2 and does not agree: n^1.1 was measured" in wrong.remark
    assert Claim.judged("O(n)", costs[:2]).space is None
    assert Claim.judged("", costs).time is False
    assert Claim.judged("O(n)", costs[:1]).time is None


@pytest.mark.parametrize("slug", [kata.slug for kata in KATAS])
def test_every_kata_has_follow_up_questions_to_draw_from(slug: str) -> None:
    [kata] = [kata for kata in KATAS if kata.slug == slug]
    text = (kata.solutions / "notes.md").read_text(encoding="utf-8")
    found = notes.follow_ups(text)
    assert len(found) >= discussion.FOLLOW_UPS
    assert all(each.question.endswith("?") and each.answer for each in found)
    assert notes.section(text, "Complexity")
    drawn = discussion.draw(found, "1")
    assert drawn == discussion.draw(found, "1")
    assert len(set(drawn)) == discussion.FOLLOW_UPS
    assert len({tuple(discussion.draw(found, str(seed))) for seed in range(20)}) > 1


# --- The score ---------------------------------------------------------------------------------


def held(
    plan: Plan = ONE,
    grade: Grade = RIGHT,
    *,
    after: float = 100,
    checks: int = 1,
    claim: Claim | None = None,
    ratings: tuple[int, ...] = (2, 2),
) -> State:
    """An interview that is over, all of whose questions went the same way."""
    told = Told(plan)
    while told.state.phase is not Phase.OVER:
        told.later(0, "go")
        for _ in range(checks):
            told.checked(after / (checks + 1), WRONG)
        told.checked(after / (checks + 1), grade, How.SUBMIT)
        if grade is RIGHT:
            said = claim or Claim("O(n)", True, None, "it agrees")
            told.later(
                0,
                "claim",
                claim={
                    "text": said.text,
                    "time": said.time,
                    "space": said.space,
                    "remark": said.remark,
                },
            )
        for rating in ratings:
            told.later(0, "answer", answer={"question": "?", "text": "", "rating": rating})
        told.later(0, "talked")
    return told.state


def test_the_rubric_is_out_of_a_hundred() -> None:
    assert sum(rubric.POINTS.values()) == 100


def test_a_flawless_interview_is_a_strong_hire_and_says_why() -> None:
    score = rubric.score(held())
    assert (score.points, score.band) == (100, "strong hire")
    assert score.reasons[0].startswith("100 of 100 points, and 1 of 1 katas accepted")
    assert "echo: nothing cost points." in score.reasons


@pytest.mark.parametrize(
    "worse",
    [
        held(grade=WRONG),
        held(after=500),
        held(checks=9),
        held(grade=replace(RIGHT, budget=False)),
        held(claim=Claim("O(n**2)", False, None, "it does not agree")),
        held(ratings=(1, 0)),
    ],
    ids=["wrong", "slow", "many checks", "over budget", "complexity", "follow-ups"],
)
def test_each_line_of_the_rubric_costs_points_and_is_named_among_the_reasons(worse: State) -> None:
    score = rubric.score(worse)
    assert score.points < 100
    lost = [line for line in score.katas[0].lines if line.share is not None and line.share < 1]
    assert any(f"echo: {line.reason}." in score.reasons for line in lost)


def test_more_properties_are_more_points_and_never_as_many_as_an_acceptance() -> None:
    points = [
        rubric.score(held(grade=Grade(Verdict.WRONG_ANSWER, holding, 12, None), ratings=())).points
        for holding in range(12)
    ]
    assert points == sorted(points)
    assert len(set(points)) == 12
    assert points[-1] < 50 < rubric.score(held(ratings=(0, 0))).points


def test_without_an_acceptance_there_is_no_hire() -> None:
    almost = Grade(Verdict.WRONG_ANSWER, 11, 12, None)
    assert rubric.score(held(grade=almost)).band in ("lean no hire", "no hire")


def test_with_half_accepted_it_is_no_strong_hire() -> None:
    state = held(TWO)
    items = (state.items[0], replace(state.items[1], grade=WRONG, accepted_at=None))
    short = replace(items[1], question=replace(items[1].question, minutes=0.1))
    score = rubric.score(replace(state, items=(items[0], short)))
    assert score.points > 85
    assert score.band == "hire"


def test_what_was_not_measured_is_left_out_of_the_points() -> None:
    bare = replace(RIGHT, budget=None, costs=())
    state = held(grade=bare, ratings=())
    assert rubric.score(state).points == 100


def test_a_grader_that_failed_costs_nothing() -> None:
    broken = Grade(Verdict.GRADER_ERROR, 0, 1, None)
    state = held(TWO)
    items = (replace(state.items[0], grade=broken), state.items[1])
    score = rubric.score(replace(state, items=items))
    assert score.points == 100
    assert any("its grader failed" in reason for reason in score.reasons)
    assert rubric.score(held(grade=broken, ratings=())).band == rubric.UNSCORED


def test_circumstances_are_among_the_reasons() -> None:
    told = Told(LOOP)
    told.later(0, "go")
    told.later(5, "pause")
    told.later(95, "go")
    told.later(5, "quit")
    told.later(1, "graded", slug="a", how="quit", grade=WRONG.to_plain())
    score = rubric.score(replace(told.state, late=("a",)))
    assert "The pause was taken, for 01:35." in score.reasons
    assert "You ended it before the time was up." in score.reasons
    assert any("saved after the time was up" in reason for reason in score.reasons)
    assert score.katas[1].lines[0].reason == "not started"


def test_a_grade_is_what_a_check_found() -> None:
    over = PropertyResult("b", "", Verdict.TIME_LIMIT_EXCEEDED, costs=(Cost("time", 3, 2),))
    result = KataResult("x", "x.py", (PropertyResult("a", "", Verdict.ACCEPTED), over))
    grade = Grade.of(result)
    assert (grade.verdict, grade.holding, grade.total) == (over.verdict, 1, 2)
    assert grade.budget is False
    assert Grade.from_plain(json.loads(json.dumps(grade.to_plain()))) == grade


def test_the_message_of_a_check_does_not_give_the_measured_growth_away() -> None:
    costs = (Cost("time", 0.1, 0.2), Cost("growth", 1.0, 1.5), Cost("memory", 1.0, 1.5))
    remarks = ("Your COMPLEXITY O(n) agrees with the measurement.", "Mind the global generator.")
    prop = PropertyResult("t", "", Verdict.ACCEPTED, costs=costs, remarks=remarks)
    [shown] = mock.unmeasured(KataResult("x", "x.py", (prop,))).properties
    assert shown.costs == costs[:1]
    assert shown.remarks == remarks[1:]


SCHEMA = json.loads((ROOT / "docs/mock.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "state", [held(), held(TWO, WRONG), held(LOOP)], ids=["one", "wrong", "loop"]
)
@pytest.mark.parametrize("width", [40, 80])
def test_the_score_is_told_in_the_documented_form_and_within_the_width(
    state: State, width: int
) -> None:
    shown = report.document(state, rubric.score(state), "mock/x")
    jsonschema.validate(json.loads(report.render_json(shown)), SCHEMA)
    text = report.render(shown, width=width)
    assert max(map(len, text.splitlines())) <= width
    for words in (shown["band"], *(item.question.slug for item in state.items), "speed"):
        assert words in text


def test_the_schema_knows_every_band_preset_and_line_of_the_rubric() -> None:
    bands = [name for name, _, _ in rubric.BANDS]
    assert SCHEMA["properties"]["band"]["enum"] == [*bands, rubric.UNSCORED]
    assert SCHEMA["properties"]["preset"]["enum"] == [*PRESETS, None]
    line = SCHEMA["$defs"]["kata"]["properties"]["rubric"]["items"]["properties"]["name"]
    assert line["enum"] == list(rubric.POINTS)


def test_every_preset_is_documented() -> None:
    page = (ROOT / "docs/mock.md").read_text(encoding="utf-8")
    for name, preset in PRESETS.items():
        [row] = [line for line in page.splitlines() if line.startswith(f"| `{name}` |")]
        for part in preset.parts:
            assert f"{part.minutes:g} min" in row
            assert all(difficulty in row for difficulty in part.difficulties)
    for name, points in rubric.POINTS.items():
        assert re.search(rf"\| {name} \| {points} \|", page), name
    for band, least, _ in rubric.BANDS:
        assert re.search(rf"\| {band} \| {least:g} points \|", page), band


# --- The journal -------------------------------------------------------------------------------


def test_a_score_is_kept_once(tmp_path: Path) -> None:
    held_ = Mock(1.0, "mock/a", "screen", 71.5, "hire", {"rounds": []})
    with Journal(tmp_path) as kept:
        kept.file(held_)
        kept.file(replace(held_, points=0.0))
        kept.file(replace(held_, folder="mock/b"))
        assert [each.folder for each in kept.mocks()] == ["mock/a", "mock/b"]
        assert kept.mocks()[0] == held_


def test_a_journal_from_before_interviews_gets_room_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = journal.MIGRATIONS
    monkeypatch.setattr(journal, "MIGRATIONS", everything[:1])
    result = KataResult("echo", "", (PropertyResult("t", "", Verdict.ACCEPTED),))
    with Journal(tmp_path) as kept:
        kept.record(result, b"old", 1.0)
    monkeypatch.setattr(journal, "MIGRATIONS", everything)
    with Journal(tmp_path) as kept:
        assert kept.mocks() == ()
        kept.file(Mock(1.0, "mock/a", "", 50.0, "lean no hire", {}))
        assert len(kept.attempts("echo")) == 1


# --- On a real terminal ------------------------------------------------------------------------

GOOD = "def echo(value):\n    return value\n"
BAD = "def echo(value):\n    return 0\n"
WORK = "skip, pause, quit > "
NOTES = """# Echo

## Complexity
O(1): nothing is
looked at.

## Follow-up questions
**Why not
copy it?**
Nobody asked for a
copy.

**And if it is large?**
The same.
"""

# A clock that the test sets: the file holds the seconds by which it is ahead of the real ones.
SHIFTED = """
import json, sys
from dataclasses import replace
from pathlib import Path
from kata import clock
real = clock.now
def now():
    up, wall = json.loads(Path(sys.argv[1]).read_text())
    moment = real()
    return replace(moment, up=moment.up + up, wall=moment.wall + wall)
clock.now = now
from kata.cli import main
main(sys.argv[2:], prog_name="kata")
"""


@pytest.fixture
def clone(repository: Path) -> Path:
    """The small repository, with notes."""
    (repository / "solutions/echo").mkdir(parents=True)
    (repository / "solutions/echo/notes.md").write_text(NOTES)
    return repository


def folder(clone: Path) -> Path:
    """The folder of the one interview."""
    [found] = archive.folders(clone)
    return found


def answer(clone: Path) -> Path:
    return folder(clone) / "echo/echo.py"


def saved(clone: Path, text: str) -> None:
    """Save an answer as an editor does."""
    half = answer(clone).with_name("half")
    half.write_text(text)
    half.replace(answer(clone))


def started(terminal: Terminal) -> str:
    """Read the rules, and start the clock."""
    rules = terminal.wait_for("Enter starts the clock > ")
    terminal.type("\n")
    return rules + terminal.wait_for(WORK)


def obeyed(terminal: Terminal, command: str, words: str) -> str:
    """Type a command; wait for these words, and for the prompt after them."""
    terminal.type(f"{command}\n")
    return terminal.wait_for(words) + terminal.wait_for(WORK)


def talked(terminal: Terminal) -> str:
    """Answer all that is asked about an accepted answer, and wait for the score."""
    terminal.wait_for("complexity > ")
    terminal.type("O(1), O(1)\n")
    for rating in "21":
        terminal.wait_for("aloud and Enter > ")
        terminal.type("so it is\n")
        terminal.wait_for("2 all of it > ")
        terminal.type(f"{rating}\n")
    return terminal.wait_for("Your answers and the log: ")


def score(clone: Path) -> dict[str, Any]:
    """The last score, as the command prints it."""
    done = kata("mock", "--show", "--format", "json", cwd=clone)
    assert done.returncode == 0, done.stderr
    shown: dict[str, Any] = json.loads(done.stdout)
    jsonschema.validate(shown, SCHEMA)
    return shown


def test_an_interview_from_its_rules_to_its_score(clone: Path) -> None:
    (clone / "exercises/echo/data.csv").write_text("a\n")
    (clone / "exercises/echo/hints.md").write_text("## Hint 1\nLook.\n")
    with Terminal(*kata_command("mock", "echo", "--seed", "3"), cwd=clone) as terminal:
        said = started(terminal)
        assert "5 minutes" in said
        assert "Hints and reveals are off" in said
        # A pristine stub with its data, and nothing that gives anything away.
        assert answer(clone).read_text() == (clone / "exercises/echo/echo.py").read_text()
        assert {path.name for path in answer(clone).parent.iterdir()} == {"echo.py", "data.csv"}
        obeyed(terminal, "chec", "There is no command 'chec'. There are: check")
        for command in ("hint", "reveal"):
            obeyed(terminal, command, "off until the interview is over")
        for refused in (("hint", "echo"), ("reveal", "echo", "--give-up")):
            done = kata(*refused, cwd=clone)
            assert done.returncode == 2
            assert done.stderr.startswith("kata: A mock interview is going on (mock/")
        obeyed(terminal, "check", "The file is the stub as it came")
        # A forgotten save costs nothing.
        obeyed(terminal, "submit", "type submit again")
        saved(clone, BAD)
        shown = obeyed(terminal, "xcheck\x15check", "Next: mend mock/")
        assert "1 of 3 properties hold" in shown
        assert "call      echo([3, 1, 2])" in shown
        obeyed(terminal, "next", "No other question")
        terminal.type("pause\n")
        terminal.wait_for("Enter goes on > ")
        terminal.type("\n")
        terminal.wait_for(WORK)
        obeyed(terminal, "pause", "one pause has been taken")
        obeyed(terminal, "skip", "type skip again")
        saved(clone, GOOD)
        obeyed(terminal, "check", "Hand it in: submit")
        terminal.type("submit\n")
        terminal.wait_for("Its share was 05:00.")
        text = talked(terminal)
        assert terminal.end() == 0
    assert "accepted: all 3 properties hold" in text
    assert "3 checks before the end" in text
    [result] = score(clone)["rounds"][0]["katas"]
    assert (result["verdict"], result["checks"], result["ending"]) == ("accepted", 3, "submitted")
    assert [each["rating"] for each in result["follow_ups"]] == [2, 1]
    assert score(clone)["pause_seconds"] is not None
    # Its checks are attempts like others, and what was accepted can be brought back.
    with Journal(clone / ".kata") as kept:
        assert [each.verdict for each in kept.attempts("echo")] == [
            *(Verdict.WRONG_ANSWER, Verdict.ACCEPTED, Verdict.ACCEPTED),
        ]
        assert [each.folder for each in kept.mocks()] == [f"mock/{folder(clone).name}"]
    assert kata("hint", "echo", cwd=clone).returncode == 0


def test_the_countdown_goes_down_on_the_screen_by_itself(clone: Path) -> None:
    with Terminal(*kata_command("mock", "echo", "--minutes", "2"), cwd=clone) as terminal:
        started(terminal)
        shown = ["02:00"]
        while len(shown) < 4:
            said = terminal.wait_for(" left of 02:00")
            left = said.removesuffix(" left of 02:00")[-5:]
            shown += [left] if left != shown[-1] else []
        assert shown == sorted(shown, reverse=True)


def test_when_the_real_time_is_up_what_is_on_the_disk_is_graded(clone: Path) -> None:
    with Terminal(*kata_command("mock", "echo", "--minutes", "0.1"), cwd=clone) as terminal:
        started(terminal)
        saved(clone, GOOD)
        terminal.wait_for("The time is up. What is on the disk is graded.")
        saved(clone, BAD)  # too late
        text = talked(terminal)
        assert terminal.end() == 0
    assert "accepted: all 3 properties hold" in text
    [result] = score(clone)["rounds"][0]["katas"]
    assert (result["ending"], result["verdict"]) == ("time_up", "accepted")
    assert result["worked_seconds"] == pytest.approx(0.1 * 60, abs=0.06)
    assert (folder(clone) / "time-up/echo/echo.py").read_text() == GOOD


def test_after_a_kill_it_goes_on_with_the_time_that_is_left(clone: Path) -> None:
    with Terminal(*kata_command("mock", "--preset", "screen"), cwd=clone) as terminal:
        started(terminal)
        saved(clone, BAD)
        obeyed(terminal, "check", "Next: mend")
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait()
    before = archive.load(folder(clone))
    assert before.item.checks == 1
    other = kata("mock", "echo", cwd=clone)
    assert other.returncode == 2
    assert "unfinished" in other.stderr
    assert "make mock RESUME=1" in other.stderr
    with Terminal(*kata_command("mock", "--resume"), cwd=clone) as terminal:
        said = terminal.wait_for("Back at echo: mock/") + terminal.wait_for(WORK)
        left = re.search(r"(\d\d):(\d\d) left of 20:00", said)
        assert left
        seconds = int(left[1]) * 60 + int(left[2])
        assert seconds <= 1200 - before.used
        # One terminal at a time.
        second = kata("mock", "--resume", cwd=clone)
        assert second.returncode == 2
        assert "open in another terminal" in second.stderr
        saved(clone, GOOD)
        terminal.type("submit\n")
        talked(terminal)
        assert terminal.end() == 0
    with Journal(clone / ".kata") as kept:
        assert [each.preset for each in kept.mocks()] == ["screen"]
    after = archive.load(folder(clone))
    assert after.used >= before.used
    assert after.item.checks == 1
    assert after.filed


def test_a_kill_while_a_handed_in_answer_is_graded_loses_nothing(clone: Path) -> None:
    with Terminal(*kata_command("mock", "echo"), cwd=clone) as terminal:
        started(terminal)
        saved(clone, "import time\ndef echo(value):\n    time.sleep(1.5)\n    return value\n")
        terminal.type("submit\n")
        terminal.wait_for("grading echo")
        pid = terminal.process.pid
        begun = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        assert len(begun) == 2  # the fork server, and the check
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait()
        assert all(has_ended(int(child)) for child in begun)
    saved(clone, GOOD)
    with Terminal(*kata_command("mock", "--resume"), cwd=clone) as terminal:
        assert "accepted: all 3" in talked(terminal)


def test_closing_the_terminal_and_ctrl_c_leave_it_to_be_gone_on_with(clone: Path) -> None:
    with Terminal(*kata_command("mock", "echo"), cwd=clone) as terminal:
        started(terminal)
        terminal.type("\x03")
        said = terminal.wait_for("the clock goes on. Back to it: make mock RESUME=1")
        assert terminal.end() == 1
        assert "Traceback" not in said
        assert terminal.modes[3] == termios.tcgetattr(terminal.theirs)[3]
    with Terminal(*kata_command("mock", "--resume"), cwd=clone) as terminal:
        terminal.wait_for(WORK)
        terminal.process.send_signal(signal.SIGHUP)  # what a window that is closed sends
        assert terminal.end() == -signal.SIGHUP
    with Terminal(*kata_command("mock", "--resume"), cwd=clone) as terminal:
        terminal.wait_for(WORK)
        obeyed(terminal, "quit", "type quit again")
        terminal.type("quit\n")
        terminal.wait_for("You ended it before the time was up.")
        assert terminal.end() == 0
    assert score(clone)["quit"] is True


def second(clone: Path) -> None:
    """Put a second kata beside the first, called `other`."""
    stub = (clone / "exercises/echo/echo.py").read_text().replace("echo", "other")
    (clone / "exercises/other").mkdir()
    (clone / "exercises/other/other.py").write_text(stub)
    facts = (clone / "exercises/echo/kata.toml").read_text()
    (clone / "exercises/other/kata.toml").write_text(facts)
    grader = (clone / "graders/test_echo.py").read_text().replace("echo", "other")
    (clone / "graders/test_other.py").write_text(grader)


def test_between_questions_one_goes_back_and_forth(clone: Path) -> None:
    second(clone)
    with Terminal(*kata_command("mock", "echo", "other"), cwd=clone) as terminal:
        assert "Question 1 of 2" in started(terminal)
        assert not (folder(clone) / "other").exists()
        obeyed(terminal, "next", "Question 2 of 2")
        obeyed(terminal, "next", "Question 1 of 2")
        obeyed(terminal, "skip", "type skip again")
        terminal.type("skip\n")
        terminal.wait_for("echo: 00:0")
        terminal.wait_for("Enter: the next question > ")
        terminal.type("\x03")
        terminal.wait_for("the clock stands until you are back. Back to it: make mock RESUME=1")
        assert terminal.end() == 1
    with Terminal(*kata_command("mock", "--resume"), cwd=clone) as terminal:
        terminal.wait_for("Enter: the next question > ")
        terminal.type("\n")
        terminal.wait_for("Question 2 of 2")
        (folder(clone) / "other/other.py").write_text(GOOD.replace("echo", "other"))
        obeyed(terminal, "quit", "type quit again")
        terminal.type("quit\n")
        terminal.wait_for("You ended it before the time was up.")
        assert terminal.end() == 0
    katas = score(clone)["rounds"][0]["katas"]
    assert [(each["ending"], each["verdict"]) for each in katas] == [
        *(("skipped", None), ("quit", "accepted")),
    ]


@pytest.mark.parametrize("keys", ["\x03", "\x04", "quit\nquit\n"], ids=["ctrl-c", "ctrl-d", "quit"])
def test_who_leaves_before_the_clock_starts_leaves_nothing(clone: Path, keys: str) -> None:
    with Terminal(*kata_command("mock", "echo"), cwd=clone) as terminal:
        said = terminal.wait_for("Enter starts the clock > ")
        assert " echo " not in said  # what is asked is not known before the clock starts
        terminal.type(keys)
        terminal.wait_for("before the clock started: nothing is kept.")
        assert terminal.end() == 1
    assert not any((clone / "mock").iterdir())
    (clone / "exercises/echo/hints.md").write_text("## Hint 1\nLook.\n")
    assert kata("hint", "echo", cwd=clone).returncode == 0


class Shifted:
    """Interviews in one clone by a clock that the test sets."""

    def __init__(self, clone: Path, tmp_path: Path) -> None:
        self.clone, self._file = clone, tmp_path / "shift.json"
        self.set(0, 0)

    def set(self, up: float, wall: float) -> None:
        """Have the machine's clock and the calendar's ahead by so many seconds."""
        half = self._file.with_suffix(".half")
        half.write_text(json.dumps([up, wall]))
        half.replace(self._file)

    def held(self, *arguments: str) -> Terminal:
        """A terminal with `kata mock` in it."""
        command = (sys.executable, "-c", SHIFTED, str(self._file), "mock", *arguments)
        return Terminal(*command, cwd=self.clone)

    @property
    def used(self) -> float:
        """Seconds of the clock, as the log has it."""
        return archive.load(folder(self.clone)).used


@pytest.fixture
def shifted(clone: Path, tmp_path: Path) -> Shifted:
    return Shifted(clone, tmp_path)


@pytest.mark.parametrize("hours", [-5, 5], ids=["back", "forward"])
def test_setting_the_calendar_neither_gives_nor_takes_time(shifted: Shifted, hours: int) -> None:
    with shifted.held("echo", "--minutes", "30") as terminal:
        started(terminal)
        shifted.set(0, hours * 3600)
        obeyed(terminal, "help", "submit  hand it in")
        terminal.type("pause\n")
        said = terminal.wait_for("Enter goes on > ")
        assert "No sign of life" not in said
    assert shifted.used < 600


@pytest.mark.parametrize("pause", ["yes", "no"])
def test_after_a_sleep_of_the_laptop_the_clock_has_gone_on_unless_it_was_the_pause(
    shifted: Shifted, pause: str
) -> None:
    with shifted.held("echo", "--minutes", "30") as terminal:
        started(terminal)
        shifted.set(600, 600)
        terminal.wait_for("No sign of life for 10:")
        terminal.wait_for("yes or no > ")
        terminal.type("perhaps\n")
        terminal.wait_for("yes or no > ")
        terminal.type(f"{pause}\n")
        said = terminal.wait_for(WORK)
        left = int(re.findall(r"(\d\d):\d\d left of 30:00", said)[-1])
        assert left in ((27, 28, 29) if pause == "yes" else (17, 18, 19))
    state = archive.load(folder(shifted.clone))
    assert state.paused == (pause == "yes")


def test_who_comes_back_after_the_end_is_graded_and_told_of_a_late_save(
    shifted: Shifted, clone: Path
) -> None:
    with shifted.held("echo", "--minutes", "30") as terminal:
        started(terminal)
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait()
    saved(clone, GOOD)
    shifted.set(7200, 7200)
    os.utime(answer(clone), (answer(clone).stat().st_mtime + 7000,) * 2)
    # No hint is refused any more: the time is up.
    (clone / "exercises/echo/hints.md").write_text("## Hint 1\nLook.\n")
    with shifted.held("--resume") as terminal:
        terminal.wait_for("yes or no > ")
        terminal.type("no\n")
        terminal.wait_for("The time is up.")
        text = talked(terminal)
        assert "echo was saved after the time was up" in " ".join(text.split())


def test_a_round_ends_its_break_and_calls_out_the_last_minutes(
    shifted: Shifted, clone: Path
) -> None:
    plan = Plan(
        "",
        1,
        (
            Round("first", 602.0, (Question("echo", 5.0, 602.0, "Easy"),)),
            Round("second", 900.0, (Question("other", 5.0, 900.0, "Easy"),), rest=300.0),
        ),
    )
    second(clone)
    assert len(catalog.find(clone)) == 2
    begun = clone / "mock/2026-01-01-120000"
    begun.mkdir(parents=True)
    with logbook.Logbook(begun) as log:
        log.append(interview.begin(plan, clock.now())[0].to_plain())
        log.append(Event("go", clock.now()).to_plain())
    with shifted.held("--resume") as terminal:
        terminal.wait_for("10 minutes left.")
        terminal.type("skip\n")
        terminal.wait_for("type skip again")
        terminal.type("skip\n")
        said = terminal.wait_for("Enter begins the next round > ")
        assert re.search(r" break   0[45]:\d\d left", said)
        terminal.type("\x03")
        terminal.wait_for("the break goes on. Back to it: make mock RESUME=1")
        terminal.end()
    with shifted.held("--resume") as terminal:
        terminal.wait_for("Enter begins the next round > ")
        shifted.set(300, 300)
        terminal.wait_for("The second begins: 15:00.")
        terminal.wait_for("Open mock/2026-01-01-120000/other/other.py")


def test_without_a_terminal_lines_are_read_from_a_pipe(clone: Path) -> None:
    done = subprocess.run(
        kata_command("mock", "echo", "--format", "json"),
        cwd=clone,
        input="\nskip\nskip",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    jsonschema.validate(shown, SCHEMA)
    assert shown["rounds"][0]["katas"][0]["ending"] == "skipped"
    assert "\x1b" not in done.stderr
    assert "Enter starts the clock" in done.stderr


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["plain", "dumb"])
@pytest.mark.parametrize("columns", [40, 80])
def test_a_narrow_and_a_colourless_terminal_show_it_whole(
    clone: Path, setting: dict[str, str], columns: int
) -> None:
    command = kata_command("mock", "echo")
    with Terminal(*command, cwd=clone, env=setting, columns=columns) as terminal:
        said = terminal.wait_for("Enter starts the clock > ")
        terminal.type("\n")
        said += terminal.wait_for(WORK if columns > 62 else "\n> ")
    if setting.get("TERM"):
        assert "\x1b" not in said
    assert not re.search(r"\x1b\[[\d;]*3\dm", said)
    told = re.sub(r"\r\x1b.*", "", said)
    lines = [line for line in told.splitlines() if not line.startswith((" echo", "[", "check,"))]
    assert max(map(len, lines)) <= max(columns, 62)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--resume",), "There is no mock interview to go on with"),
        (("--show",), "No mock interview has been scored yet"),
        (("--preset", "deep-dive"), "asks 1 kata of level Hard"),
        (("--level", "Hard"), "No kata is Hard"),
        (("ecko",), "Did you mean echo?"),
        (("--resume", "echo"), "leave out all but --resume"),
        (("--minutes", "0"), "An interview takes more than 0 and"),
    ],
)
def test_what_cannot_be_held_is_one_line_and_leaves_no_folder(
    clone: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = kata("mock", *arguments, cwd=clone)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert not (clone / "mock").exists()


def test_an_answer_in_exercises_does_not_show_and_the_notes_come_from_git(clone: Path) -> None:
    git = ["git", "-c", "user.name=L", "-c", "user.email=l@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begin"]):
        subprocess.run([*git, *command], cwd=clone, check=True)
    stub = (clone / "exercises/echo/echo.py").read_text()
    (clone / "exercises/echo/echo.py").write_text(GOOD)
    kata("check", "echo", cwd=clone, env={k: v for k, v in os.environ.items() if k != "CI"})
    assert not (clone / "solutions").exists()
    with Terminal(*kata_command("mock", "echo"), cwd=clone) as terminal:
        started(terminal)
        assert answer(clone).read_text() == stub
        saved(clone, GOOD)
        terminal.type("submit\n")
        talked(terminal)
    assert not (clone / "solutions").exists()


def test_git_does_not_see_the_folder_of_interviews() -> None:
    done = subprocess.run(
        ["git", "check-ignore", "mock/2026-01-01-120000/log.jsonl"], cwd=ROOT, check=False
    )
    assert done.returncode == 0
