"""Scores an interview: points for each kata, and a band with its reasons; pure.

The points weigh what interviewers of coding rounds write down: whether it works, how long it took,
whether the candidate tests by thinking or by asking, what it costs, and whether they know. What was
not measured for a kata is left out, and its points are shared among the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kata.clock import spoken
from kata.interview import Ending, How, Item, State
from kata.verdict import Verdict

POINTS = {
    "correct": 50,
    "speed": 15,
    "checks": 10,
    "budget": 5,
    "complexity": 10,
    "follow-ups": 10,
}
"""What each line of the rubric is worth, of 100."""

PARTIAL = 0.6
"""An answer that is not accepted gets no more than this part of the points for correctness."""

SLOW = 2.0
"""Times the kata's own minutes at which there are no points for speed any more."""

FREE_CHECKS, MANY_CHECKS = 3, 10
"""Up to so many checks cost nothing; with so many there are no points for them."""

BEST_RATING = 2

BANDS = (
    ("strong hire", 85.0, 1.0),
    ("hire", 70.0, 0.5),
    ("lean no hire", 50.0, 0.0),
    ("no hire", 0.0, 0.0),
)
"""From the best: the band, the points that it takes, and the part of the katas to be accepted."""

UNSCORED = "not scored"
"""In the place of a band, when every grader has failed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the rubric for one kata."""

    name: str
    share: float | None
    """Of its points, from 0 to 1; None where there is nothing to judge by."""
    reason: str


@dataclass(frozen=True, slots=True)
class KataScore:
    """How one kata went."""

    item: Item
    lines: tuple[Line, ...]

    @property
    def points(self) -> float | None:
        """Of 100; None when nothing can be said of it, because its grader failed."""
        judged = [(POINTS[line.name], line.share) for line in self.lines if line.share is not None]
        if not judged:
            return None
        return 100 * sum(p * share for p, share in judged) / sum(p for p, _ in judged)


@dataclass(frozen=True, slots=True)
class Score:
    """How an interview went."""

    katas: tuple[KataScore, ...]
    points: float
    """Of 100; the katas weigh as much as their own minutes."""
    band: str
    reasons: tuple[str, ...]


def score(state: State) -> Score:
    """The score of an interview that is over."""
    katas = tuple(_kata(item) for item in state.items)
    judged = [
        (each.item.question.minutes, each.points) for each in katas if each.points is not None
    ]
    points = sum(w * p for w, p in judged) / sum(w for w, _ in judged) if judged else 0.0
    band, why = _band(points, [each for each in katas if each.points is not None])
    return Score(katas, points, band, (why, *_reasons(katas), *_circumstances(state)))


def _kata(item: Item) -> KataScore:
    if item.grade is not None and item.grade.verdict is Verdict.GRADER_ERROR:
        return KataScore(
            item, (Line("correct", None, "its grader failed, which says nothing about your code"),)
        )
    return KataScore(
        item,
        (
            _correct(item),
            _speed(item),
            _checks(item),
            _budget(item),
            _complexity(item),
            _follow_ups(item),
        ),
    )


def _correct(item: Item) -> Line:
    grade = item.grade
    if grade is None or grade.verdict is Verdict.NOT_STARTED:
        said = "skipped, with nothing graded" if item.ending is Ending.SKIPPED else "not started"
        return Line("correct", 0.0, said)
    if item.accepted:
        return Line("correct", 1.0, f"accepted: all {grade.total} properties hold")
    share = PARTIAL * grade.holding / grade.total
    holds = f"{grade.holding} of {grade.total} properties hold"
    return Line("correct", share, f"{grade.verdict.words}: {holds}")


def _speed(item: Item) -> Line:
    own = item.question.minutes * 60
    if item.accepted_at is None or not item.accepted:
        return Line("speed", 0.0, f"never accepted, after {spoken(item.worked)}")
    times = item.accepted_at / own
    share = min(max((SLOW - times) / (SLOW - 1), 0.0), 1.0)
    took = f"accepted after {spoken(item.accepted_at)}; the kata is set for {spoken(own)}"
    return Line("speed", share, took)


def _checks(item: Item) -> Line:
    if item.grade is None or item.grade.verdict is Verdict.NOT_STARTED:
        return Line("checks", None, "nothing was checked")
    share = (MANY_CHECKS - item.checks) / (MANY_CHECKS - FREE_CHECKS)
    text = f"{item.checks or 'no'} check{'s' * (item.checks != 1)} before the end"
    # Whoever never gets it right does not gain by not asking.
    return Line("checks", min(max(share, 0.0), 1.0) if item.accepted else None, text)


def _budget(item: Item) -> Line:
    if item.grade is None or item.grade.budget is None:
        return Line("budget", None, "no budget was measured")
    met = item.grade.budget
    return Line("budget", float(met), "the budget is met" if met else "over the budget")


def _complexity(item: Item) -> Line:
    claim = item.claim
    if claim is None:
        return Line("complexity", None, "nobody asked, for it was not accepted")
    judged = [each for each in (claim.time, claim.space) if each is not None]
    if not judged:
        return Line("complexity", None, claim.remark)
    return Line("complexity", sum(judged) / len(judged), claim.remark)


def _follow_ups(item: Item) -> Line:
    if not item.answers:
        return Line("follow-ups", None, "no follow-up question was answered")
    share = sum(answer.rating for answer in item.answers) / (BEST_RATING * len(item.answers))
    words = ("missed", "in part", "all of it")
    said = " and ".join(words[answer.rating] for answer in item.answers)
    return Line("follow-ups", share, f"follow-up questions, by your own account: {said}")


def _band(points: float, katas: Sequence[KataScore]) -> tuple[str, str]:
    """The band, and why it is this one."""
    if not katas:
        return UNSCORED, "No grader could say anything about your code."
    accepted = sum(each.item.accepted for each in katas)
    count = f"{accepted} of {len(katas)} katas accepted"
    for name, least, part in BANDS:
        if points >= least and accepted >= part * len(katas):
            why = f"{points:.0f} of 100 points, and {count}: {name} begins at {least:.0f} points"
            if part:
                why += f" with {'all' if part == 1.0 else 'half'} of the katas accepted"
            return name, f"{why}."
    raise ValueError("the last band takes everybody")


def _reasons(katas: Sequence[KataScore]) -> list[str]:
    """Where the points went: for each kata what cost most, or that nothing did."""
    reasons = []
    for each in katas:
        lost = [
            (POINTS[line.name] * (1 - line.share), line)
            for line in each.lines
            if line.share is not None and line.share < 1.0
        ]
        lost.sort(key=lambda pair: -pair[0])
        name = each.item.question.slug
        if each.points is None:
            reasons.append(f"{name}: left out, for {each.lines[0].reason}.")
        elif not lost:
            reasons.append(f"{name}: nothing cost points.")
        for _, line in lost[:2]:
            reasons.append(f"{name}: {line.reason}.")
    return reasons


def _circumstances(state: State) -> list[str]:
    """What whoever compares two scores has to know."""
    said = []
    if state.paused:
        said.append(f"The pause was taken, for {spoken(state.pause_seconds)}.")
    said += [
        f"{slug} was saved after the time was up, and graded as it then stood."
        for slug in state.late
    ]
    if state.closing is How.QUIT:
        said.append("You ended it before the time was up.")
    return said
