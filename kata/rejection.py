"""The ways in which an example ends badly, as exceptions that a grader may let through."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kata.verdict import Failure, Verdict


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the grader asked of the learner's code during an example."""

    action: str
    """"call", "get" or "set"."""
    owner: int
    """0 for the learner's module, else the number of the object it was asked of."""
    name: str
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    made: int | None = None
    """The number of the object that came back, where one did."""
    changed: dict[str, Any] | None = None
    printed: str = ""
    refused: bool = False
    """Whether the learner's code raised an exception."""


@dataclass(slots=True)
class Scene:
    """The example in which something went wrong: what was drawn, and what was asked."""

    drawn: dict[str, Any] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    parameters: dict[str, list[str]] = field(default_factory=dict)
    """The names of each function's parameters, where they are known."""

    def arguments(self, step: Step) -> dict[str, Any]:
        """The arguments of a step by name; by number, from 1, where the name is not known."""
        names = self.parameters.get(step.name, [])
        named = {
            names[place] if place < len(names) else str(place + 1): value
            for place, value in enumerate(step.args)
        }
        return {**named, **step.kwargs}


class Rejected(Exception):
    """The submission does not do what the property says.

    An ordinary exception, so that Hypothesis takes it for a failure and looks for a smaller one.
    """

    def __init__(self, verdict: Verdict, failure: Failure) -> None:
        super().__init__(failure.message)
        self.verdict, self.failure = verdict, failure
        self.scene = Scene()


def unsteady(seen: Rejected) -> Rejected:
    """The failure that was seen once and did not come back with the same input."""
    failure = Failure(
        message=f"{seen.failure.message} The same call went well at another time.",
        call=seen.failure.call,
        returned=seen.failure.returned,
        expected=seen.failure.expected,
        line=seen.failure.line,
        advice="Look for state that is kept between calls, and for randomness without the seed.",
    )
    error = Rejected(seen.verdict, failure)
    error.scene = seen.scene
    return error


class Raised(Rejected):
    """The learner's code raised where the grader had asked for an answer.

    `bases` names the built-in classes of the exception, the nearest first.
    """

    def __init__(self, failure: Failure, bases: tuple[str, ...]) -> None:
        super().__init__(Verdict.RUNTIME_ERROR, failure)
        self.bases = bases


class TimeUp(BaseException):
    """A limit of time was passed.

    Not an Exception: Hypothesis would replay and shrink the example, at the price of the limit
    each time. This it lets through.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.verdict, self.failure = Verdict.TIME_LIMIT_EXCEEDED, failure
        self.scene = Scene()


class Sampled(BaseException):
    """A call whose profile was asked for was left, since its profile is there."""


class SubmissionUnusable(BaseException):
    """The file cannot be loaded, or may not be used, or is the untouched stub.

    No property can be tried, so nothing is gained by another example.
    """

    def __init__(self, verdict: Verdict, failure: Failure | None = None) -> None:
        super().__init__(verdict.words)
        self.verdict, self.failure = verdict, failure
        self.scene = Scene()
