"""A mock interview as a state machine: events go in, a new state comes out; pure.

All that happens is an event with its moment, and the state is what folding the events gives. So
the log of events is all that has to be kept, and going on after a crash is folding it again. The
clock runs while somebody works on a question, checks included, and stands still in a pause, in a
break, while a handed-in answer is graded and talked about, and until a question is begun.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from kata.clock import Moment
from kata.complexity import agrees, heard
from kata.verdict import Cost, KataResult, Verdict

FORMAT = 1
"""Raised when an older program would misread the log of a newer one."""

ABSENCE_SECONDS = 60.0
"""So long without a sign of life is told, and may be taken as the pause."""


class Impossible(Exception):
    """The event cannot happen in this state; the text says why, to whoever typed the command."""


class Phase(enum.StrEnum):
    """Where an interview is."""

    READY = "ready"
    """A question is announced; the clock stands until it is begun."""
    WORK = "work"
    """The clock runs."""
    PAUSE = "pause"
    ABSENT = "absent"
    """There was no sign of life for a while; was that the pause, or does it count?"""
    GRADE = "grade"
    """An answer is handed in, and its grade awaited."""
    TALK = "talk"
    """A graded answer is talked about."""
    BREAK = "break"
    """Between two rounds."""
    OVER = "over"


class How(enum.StrEnum):
    """Why an answer is graded."""

    CHECK = "check"
    SUBMIT = "submit"
    TIME = "time_up"
    QUIT = "quit"


class Ending(enum.StrEnum):
    """How a question came to its end."""

    SUBMITTED = "submitted"
    SKIPPED = "skipped"
    TIME_UP = "time_up"
    QUIT = "quit"


ENDINGS = {How.SUBMIT: Ending.SUBMITTED, How.TIME: Ending.TIME_UP, How.QUIT: Ending.QUIT}


@dataclass(frozen=True, slots=True)
class Question:
    """A kata as it is asked."""

    slug: str
    minutes: float
    """The kata's own: what it takes somebody who is at ease with it."""
    seconds: float
    """Its share of the round's time: advice, not a limit."""
    difficulty: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One stretch against the clock."""

    name: str
    seconds: float
    questions: tuple[Question, ...]
    rest: float = 0.0
    """Seconds of break before it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is settled before the clock starts."""

    preset: str
    """Empty when the time and the katas were asked for one by one."""
    seed: int
    rounds: tuple[Round, ...]

    def to_plain(self) -> dict[str, Any]:
        """The plan as JSON types."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Plan:
        """Rebuild what `to_plain` took apart."""
        rounds = tuple(
            Round(
                each["name"],
                each["seconds"],
                tuple(Question(**question) for question in each["questions"]),
                each["rest"],
            )
            for each in plain["rounds"]
        )
        return cls(plain["preset"], plain["seed"], rounds)


@dataclass(frozen=True, slots=True)
class Grade:
    """What grading found, as far as an interview is scored by it."""

    verdict: Verdict
    holding: int
    """Properties that hold, of `total`."""
    total: int
    budget: bool | None
    """Whether every budget is met; None where the kata has none, or none was reached."""
    costs: tuple[Cost, ...] = ()

    @classmethod
    def of(cls, result: KataResult) -> Grade:
        """What of a check's result an interview goes by."""
        properties = result.properties
        costs = tuple(cost for prop in properties for cost in prop.costs)
        met = not any(cost.is_over for cost in costs) if costs else None
        holding = sum(not prop.verdict.fails for prop in properties)
        return cls(result.verdict, holding, len(properties), met, costs)

    def to_plain(self) -> dict[str, Any]:
        """The grade as JSON types."""
        return {**asdict(self), "verdict": self.verdict.value}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Grade:
        """Rebuild what `to_plain` took apart."""
        costs = tuple(Cost(**cost) for cost in plain["costs"])
        return cls(**{**plain, "verdict": Verdict(plain["verdict"]), "costs": costs})


@dataclass(frozen=True, slots=True)
class Claim:
    """What the candidate says that their code costs, and what the measurement says of that."""

    text: str
    time: bool | None
    """Whether it agrees with the measurement; None where nothing was measured."""
    space: bool | None
    remark: str = ""
    """The judgement in words."""

    @classmethod
    def judged(cls, text: str, costs: Sequence[Cost]) -> Claim:
        """Compare what was said with what was measured; Unclear when it cannot be read."""
        measured = {
            kind: cost
            for kind, name in (("time", "growth"), ("space", "memory"))
            for cost in costs
            if cost.kind == name
        }
        if not text.strip():
            nothing = {kind: False if kind in measured else None for kind in ("time", "space")}
            return cls("", nothing["time"], nothing["space"], "nothing was said about the cost")
        time, space = heard(text)
        if not measured:
            return cls(text, None, None, "nothing was measured here, so it does not count")
        right: dict[str, bool | None] = {"time": None, "space": None}
        remarks = []
        for kind, law in (("time", time), ("space", space)):
            cost = measured.get(kind)
            if cost is None:
                continue
            found = f"{cost.size}^{cost.spent:.1f} was measured"
            if law is None:
                right[kind] = False
                remarks.append(f"{kind}: nothing was said, and {found}")
                continue
            claimed = law.power(cost.size)
            right[kind] = agrees(claimed, cost.spent)
            word = "agrees" if right[kind] else "does not agree"
            remarks.append(f"{kind}: {law.text} says {cost.size}^{claimed:g} and {word}: {found}")
        return cls(text, right["time"], right["space"], "; ".join(remarks))


@dataclass(frozen=True, slots=True)
class Answer:
    """The candidate's answer to a follow-up question, and how near it came by their own account."""

    question: str
    text: str
    rating: int
    """0: missed; 1: in part; 2: all of it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question, and how far the candidate has come with it."""

    question: Question
    worked: float = 0.0
    """Seconds of the clock."""
    begun: bool = False
    checks: int = 0
    accepted_at: float | None = None
    """Seconds of the clock at which what was accepted first had been handed in or checked."""
    asked_at: float = 0.0
    """Seconds of the clock when grading was last asked for."""
    grade: Grade | None = None
    """The last one."""
    ending: Ending | None = None
    claim: Claim | None = None
    answers: tuple[Answer, ...] = ()
    talked: bool = False
    """Whether there is nothing left to say about it."""

    @property
    def open(self) -> bool:
        """Whether it can still be worked on."""
        return self.ending is None

    @property
    def accepted(self) -> bool:
        """Whether the last grade is an acceptance."""
        return self.grade is not None and self.grade.verdict is Verdict.ACCEPTED

    @property
    def to_talk_about(self) -> bool:
        """Whether it is at its end, and what was handed in is worth a word that is not said yet."""
        started = self.grade is not None and self.grade.verdict is not Verdict.NOT_STARTED
        return not self.talked and started and self.ending not in (None, Ending.SKIPPED)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and when."""

    kind: str
    at: Moment
    facts: dict[str, Any] = field(default_factory=dict)

    def to_plain(self) -> dict[str, Any]:
        """The event as JSON types: a line of the log."""
        return {"kind": self.kind, "at": asdict(self.at), **self.facts}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Event:
        """Rebuild what `to_plain` took apart; ValueError for anything else."""
        try:
            facts = {key: value for key, value in plain.items() if key not in ("kind", "at")}
            return cls(plain["kind"], Moment(**plain["at"]), facts)
        except (KeyError, TypeError) as error:
            raise ValueError(f"no event: {error}") from None


@dataclass(frozen=True, slots=True)
class State:
    """An interview at one moment."""

    plan: Plan
    at: Moment
    """Of the last event."""
    started: Moment
    phase: Phase = Phase.READY
    round: int = 0
    items: tuple[Item, ...] = ()
    """Of all rounds, in order."""
    current: int = 0
    used: float = 0.0
    """Seconds of this round's clock."""
    before: tuple[float, ...] = ()
    """Seconds of the clock that earlier rounds took."""
    closing: How | None = None
    """Why the rest of this round is being graded; None while it goes on."""
    pending: How | None = None
    """The check or hand-in whose grade is awaited."""
    paused: bool = False
    """Whether the one pause has been taken."""
    pause_seconds: float = 0.0
    rested: float = 0.0
    """Seconds of the break that is going on."""
    late: tuple[str, ...] = ()
    """Katas whose file was saved after the time was up, before anybody came back to grade it."""
    filed: bool = False
    """Whether the score has been kept."""
    ended: float | None = None
    """When this round's time was up, in seconds since the epoch; None while there is some left."""
    absence: float = 0.0
    """Seconds without a sign of life of which nobody has said yet what they were."""
    back: float = 0.0
    """When the absence ended, in seconds since the epoch."""

    @property
    def item(self) -> Item:
        """The question that is going on."""
        return self.items[self.current]

    @property
    def begun(self) -> bool:
        """Whether the clock has ever started."""
        return any(item.begun for item in self.items)

    @property
    def sitting(self) -> Round:
        """The round that is going on; in a break, the one that is over."""
        return self.plan.rounds[self.round]

    @property
    def in_round(self) -> range:
        """The places of this round's items."""
        first = sum(len(each.questions) for each in self.plan.rounds[: self.round])
        return range(first, first + len(self.sitting.questions))

    @property
    def open_here(self) -> list[int]:
        """The places of this round's items that can still be worked on."""
        return [place for place in self.in_round if self.items[place].open]

    def left(self, now: Moment) -> float:
        """Seconds that are left of the round, or of the break."""
        gap = now.since(self.at)
        if self.phase is Phase.BREAK:
            return max(self.plan.rounds[self.round + 1].rest - self.rested - gap, 0.0)
        running = gap if self.phase is Phase.WORK else 0.0
        return max(self.sitting.seconds - self.used - running, 0.0)

    def worked(self, now: Moment) -> float:
        """Seconds of the clock that the current question has had."""
        if self.phase is not Phase.WORK:
            return self.item.worked
        return self.item.worked + min(now.since(self.at), self.sitting.seconds - self.used)

    def is_due(self, now: Moment) -> bool:
        """Whether the round's time, or the break's, is up."""
        return self.phase in (Phase.WORK, Phase.BREAK) and self.left(now) <= 0.0


def begin(plan: Plan, at: Moment) -> tuple[Event, State]:
    """The first event of an interview, and the state that it makes."""
    event = Event("start", at, {"plan": plan.to_plain()})
    return event, fold([event])


def fold(events: Iterable[Event]) -> State:
    """The state after all of these events, the first of which is the start.

    Raises Impossible for events that do not fit each other.
    """
    state: State | None = None
    for event in events:
        if state is not None:
            state = apply(state, event)
            continue
        if event.kind != "start" or event.facts["plan"].get("format") != FORMAT:
            raise Impossible("it begins with no start that this version knows")
        plan = Plan.from_plain(event.facts["plan"])
        items = tuple(Item(question) for each in plan.rounds for question in each.questions)
        state = State(plan, event.at, event.at, items=items)
    if state is None:
        raise Impossible("it is empty")
    return state


def apply(state: State, event: Event) -> State:
    """The state after one more event. Raises Impossible when it cannot happen now."""
    if event.kind == "absent":
        _need(state, Phase.WORK)
        return replace(
            state,
            phase=Phase.ABSENT,
            absence=event.at.since(state.at),
            back=event.at.wall,
            at=event.at,
            pending=None,
        )
    state = _advanced(state, event.at)
    match event.kind:
        case "tick":
            return state
        case "go":
            return _gone_on(state)
        case "ask":
            return _asked(state, How(event.facts["how"]))
        case "graded":
            return _graded(state, event)
        case "lost":
            return replace(state, pending=None)
        case "passed":
            _need(state, Phase.GRADE)
            how = state.closing or How.SUBMIT
            return _settled(_with(state, _place(state, event), ending=ENDINGS[how]))
        case "next":
            _need(state, Phase.WORK)
            return _turned(state, event.facts["slug"])
        case "skip":
            _need(state, Phase.WORK)
            return _settled(_with(state, state.current, ending=Ending.SKIPPED))
        case "pause":
            _need(state, Phase.WORK)
            if state.paused:
                raise Impossible("The one pause has been taken.")
            return replace(state, phase=Phase.PAUSE, paused=True)
        case "excused" | "counted":
            return _judged_absence(state, excused=event.kind == "excused")
        case "time_up":
            _need(state, Phase.WORK)
            late = (*state.late, *event.facts.get("late", ()))
            return _settled(replace(state, closing=How.TIME, pending=None, late=late))
        case "quit":
            return _quit(state)
        case "claim":
            _need(state, Phase.TALK)
            return _with(state, state.current, claim=Claim(**event.facts["claim"]))
        case "answer":
            _need(state, Phase.TALK)
            said = Answer(**event.facts["answer"])
            return _with(state, state.current, answers=(*state.item.answers, said))
        case "talked":
            _need(state, Phase.TALK)
            return _settled(_with(state, state.current, talked=True))
        case "filed":
            _need(state, Phase.OVER)
            return replace(state, filed=True)
    raise Impossible(f"nothing is known of an event {event.kind!r}")


def _need(state: State, *phases: Phase) -> None:
    if state.phase not in phases:
        raise Impossible(f"That is not possible now ({state.phase}).")


def _place(state: State, event: Event) -> int:
    """Where the item is that the event is about."""
    slugs = [item.question.slug for item in state.items]
    return slugs.index(event.facts["slug"])


def _with(state: State, place: int, **facts: Any) -> State:
    items = list(state.items)
    items[place] = replace(items[place], **facts)
    return replace(state, items=tuple(items))


def _advanced(state: State, now: Moment) -> State:
    """The state with the clocks moved on that run in its phase."""
    gap = now.since(state.at)
    state = replace(state, at=now)
    match state.phase:
        case Phase.WORK:
            return _counted(state, gap, now.wall)
        case Phase.PAUSE:
            return replace(state, pause_seconds=state.pause_seconds + gap)
        case Phase.BREAK:
            return replace(state, rested=state.rested + gap)
    return state


def _counted(state: State, seconds: float, wall: float) -> State:
    """With the seconds before `wall` on the clock, but never more than the round has."""
    beyond = seconds - (state.sitting.seconds - state.used)
    if beyond >= 0.0 and state.ended is None:
        state = replace(state, ended=wall - beyond)
    seconds = min(seconds, state.sitting.seconds - state.used)
    state = replace(state, used=state.used + seconds)
    return _with(state, state.current, worked=state.item.worked + seconds)


def _gone_on(state: State) -> State:
    """A question, a round or the work is begun, or goes on after a pause."""
    _need(state, Phase.READY, Phase.PAUSE, Phase.BREAK)
    if state.phase is Phase.BREAK:
        state = replace(
            state,
            before=(*state.before, state.used),
            round=state.round + 1,
            used=0.0,
            ended=None,
            rested=0.0,
            closing=None,
        )
        state = replace(state, current=state.in_round[0])
    return replace(_with(state, state.current, begun=True), phase=Phase.WORK)


def _asked(state: State, how: How) -> State:
    _need(state, Phase.WORK)
    if how not in (How.CHECK, How.SUBMIT):
        raise Impossible(f"nobody asks for {how}")
    state = _with(state, state.current, asked_at=state.item.worked)
    state = replace(state, pending=how)
    return replace(state, phase=Phase.GRADE) if how is How.SUBMIT else state


def _graded(state: State, event: Event) -> State:
    how, grade = How(event.facts["how"]), Grade.from_plain(event.facts["grade"])
    place = _place(state, event)
    item = state.items[place]
    _need(state, Phase.WORK if how is How.CHECK else Phase.GRADE)
    if how in (How.CHECK, How.SUBMIT) and state.pending is not how:
        raise Impossible(f"no {how} was asked for")
    accepted_at = item.accepted_at
    if grade.verdict is Verdict.ACCEPTED and accepted_at is None:
        accepted_at = item.worked if how in (How.TIME, How.QUIT) else item.asked_at
    checks = item.checks + (how is How.CHECK)
    state = _with(state, place, grade=grade, accepted_at=accepted_at, checks=checks)
    state = replace(state, pending=None)
    if how is How.CHECK:
        return state
    return _settled(replace(_with(state, place, ending=ENDINGS[how]), current=place))


def _turned(state: State, slug: str) -> State:
    """Another open question of this round is the current one."""
    for place in state.open_here:
        if state.items[place].question.slug == slug and place != state.current:
            return replace(_with(state, place, begun=True), current=place)
    raise Impossible("No other question of this round is open.")


def other(state: State) -> str:
    """The open question of this round that `next` leads to; Impossible when there is none."""
    later = [place for place in state.open_here if place > state.current]
    before = [place for place in state.open_here if place < state.current]
    for place in (*later, *before):
        return state.items[place].question.slug
    raise Impossible("No other question of this round is open.")


def _judged_absence(state: State, *, excused: bool) -> State:
    _need(state, Phase.ABSENT)
    seconds, back = state.absence, state.back
    state = replace(state, phase=Phase.WORK, absence=0.0)
    if not excused:
        return _counted(state, seconds, back)
    if state.paused:
        raise Impossible("The one pause has been taken.")
    return replace(state, paused=True, pause_seconds=state.pause_seconds + seconds)


def _quit(state: State) -> State:
    _need(state, Phase.READY, Phase.WORK, Phase.PAUSE, Phase.BREAK, Phase.TALK)
    if state.phase is Phase.BREAK:
        return replace(state, phase=Phase.OVER, closing=How.QUIT)
    return _settled(replace(state, closing=How.QUIT, pending=None))


def _settled(state: State) -> State:
    """With the phase that follows when a question, a talk or the time has come to its end."""
    if state.closing and state.open_here:
        return replace(state, phase=Phase.GRADE, current=state.open_here[0])
    if state.closing is not How.QUIT:
        for place in state.in_round:
            if state.items[place].to_talk_about:
                return replace(state, phase=Phase.TALK, current=place)
    if state.open_here:
        return replace(state, phase=Phase.READY, current=state.open_here[0])
    last = state.round + 1 == len(state.plan.rounds)
    over = last or state.closing is How.QUIT
    return replace(state, phase=Phase.OVER if over else Phase.BREAK)
