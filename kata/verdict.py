"""What grading found, as frozen data; imports nothing of kata and has no effects."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


class Verdict(enum.StrEnum):
    """One word for what a property found. Members stand from worst to best."""

    GRADER_ERROR = "grader_error"
    LOAD_ERROR = "load_error"
    FORBIDDEN = "forbidden"
    TIME_LIMIT_EXCEEDED = "time_limit_exceeded"
    MEMORY_LIMIT_EXCEEDED = "memory_limit_exceeded"
    RUNTIME_ERROR = "runtime_error"
    WRONG_ANSWER = "wrong_answer"
    NOT_STARTED = "not_started"
    ACCEPTED = "accepted"

    @property
    def fails(self) -> bool:
        """Whether a submission with this verdict has to be worked on (or its grader has)."""
        return self not in (Verdict.NOT_STARTED, Verdict.ACCEPTED)

    @property
    def words(self) -> str:
        """The verdict as a person reads it: "time limit exceeded"."""
        return self.value.replace("_", " ")


PRECEDENCE = tuple(Verdict)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The first of the verdicts in the order of precedence.

    Raises ValueError for none at all: a grader that checked nothing has accepted nothing.
    """
    return min(verdicts, key=PRECEDENCE.index)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the learner's own file, numbered from 1."""

    file: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a property does not hold, in the parts that a report lays out.

    Empty text means that there is nothing to say under that heading.
    """

    message: str
    """What is wrong, as a sentence."""
    call: str = ""
    """Python that makes the failing call; it can be pasted as it stands."""
    returned: str = ""
    expected: str = ""
    line: SourceLine | None = None
    printed: str = ""
    """What the learner's code printed during the failing example, and only then."""
    advice: str = ""
    """What to try next."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a property measured, and what it allows: the gap between them is a grader's margin."""

    kind: str
    """"time" in seconds; "growth", "lines" and "memory" as a power of `size`."""
    spent: float
    allowed: float
    size: str = "n"
    factor: float | None = None
    """How many times longer the definition takes here than where the budget was set."""

    @property
    def share(self) -> float:
        """What was spent, in parts of what is allowed."""
        return self.spent / self.allowed

    @property
    def is_over(self) -> bool:
        """Whether more was spent than is allowed."""
        return not self.spent <= self.allowed

    @property
    def words(self) -> str:
        """The cost as a person reads it: "48 ms of 210 ms"."""
        if self.kind == "time":
            return f"{milliseconds(self.spent)} of {milliseconds(self.allowed)}"
        what = {"lines": "executed lines grow", "memory": "memory grows"}.get(self.kind, "grows")
        return f"{what} like {self.size}^{self.spent:.2f} of {self.size}^{self.allowed:.2f}"


def milliseconds(seconds: float) -> str:
    """A time as it is told: "48 ms", "1,250 ms", "0.32 ms"."""
    return f"{seconds * 1000:,.0f} ms" if seconds >= 0.0095 else f"{seconds * 1000:.2g} ms"


@dataclass(frozen=True, slots=True)
class PropertyResult:
    """What became of one property, that is, of one test function of a grader."""

    name: str
    sentence: str
    verdict: Verdict
    examples: int = 0
    seconds: float = 0.0
    limit: float | None = None
    """Seconds that the property may take altogether; None when it was never started."""
    failure: Failure | None = None
    remarks: tuple[str, ...] = ()
    """Advice that does not change the verdict."""
    program: str = ""
    """The failing example as a program: a path below the repository's root."""
    costs: tuple[Cost, ...] = ()
    """What was measured against a budget, if the property has one."""

    def to_plain(self) -> dict[str, Any]:
        """The record as JSON types, for the trip between the processes of pytest-xdist."""
        return {**asdict(self), "verdict": self.verdict.value}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> PropertyResult:
        """Rebuild what `to_plain` took apart."""
        failure = plain["failure"]
        if failure is not None:
            line = failure["line"]
            failure = Failure(**{**failure, "line": line and SourceLine(**line)})
        rebuilt = {
            "verdict": Verdict(plain["verdict"]),
            "remarks": tuple(plain["remarks"]),
            "costs": tuple(Cost(**cost) for cost in plain["costs"]),
        }
        return cls(**{**plain, **rebuilt, "failure": failure})


@dataclass(frozen=True, slots=True)
class KataResult:
    """What became of one submission for one kata. There is always at least one property."""

    slug: str
    file: str
    properties: tuple[PropertyResult, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of the properties."""
        return worst(result.verdict for result in self.properties)

    @property
    def seconds(self) -> float:
        """The time that the properties took together."""
        return sum(result.seconds for result in self.properties)


@dataclass(frozen=True, slots=True)
class Report:
    """What a whole run found."""

    katas: tuple[KataResult, ...]

    @property
    def exit_status(self) -> int:
        """0 when all that was started is accepted, 1 when not, 2 for a grader error."""
        verdicts = [kata.verdict for kata in self.katas]
        if Verdict.GRADER_ERROR in verdicts:
            return 2
        return 1 if any(verdict.fails for verdict in verdicts) else 0
