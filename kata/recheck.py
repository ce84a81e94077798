"""Asks some of a property's calls again, in a fresh process and in another order.

A task may promise that equal calls get equal answers, whatever was called before. A grader that
asks twice in one process is told the truth by code that keeps its answers; here nothing is kept.
Some are asked twice in a row, with the first answer overwritten in between: it is the caller's, who
may do so. Where a task says that a seed decides, the process has another order for sets of strings.
"""

from __future__ import annotations

from kata import wire
from kata.budget import RECHECK_SECONDS
from kata.counterexample import brief
from kata.proxy import Bench, Call, RemoteObject
from kata.rejection import Raised, Rejected, Scene, Step
from kata.request import MODULE
from kata.verdict import Failure, Verdict

CALLS = 12
"""How many calls of a property are asked again."""

TWICE = 4
"""One in so many of them is asked twice."""


def recheck(bench: Bench) -> None:
    """Raise Rejected when a call that went well gets another answer now; or put it off."""
    calls = _chosen(bench)
    if bench.put_off is not None:
        bench.put_off += calls
    elif calls:
        bench.end_worker()
        ask_again(bench, calls)


def ask_again(bench: Bench, calls: list[Call]) -> None:
    """Raise Rejected when one of the calls gets another answer now."""
    bench.repeatable = frozenset()
    bench.spoils = True
    if any(call.step.name in bench.kata.steady for call in calls):
        bench.end_worker()
        bench.elsewhere = True
    try:
        # From the last to the first: what depends on the number or the order of calls shows.
        for place, call in enumerate(reversed(calls)):
            bench.scene = Scene(parameters=bench.parameters)
            _ask_again(bench, call, AGAIN)
            if place % TWICE == 0:
                _ask_again(bench, call, OVERWRITTEN)
    finally:
        bench.spoils = False
        if bench.elsewhere:
            bench.end_worker()
            bench.elsewhere = False


def _ask_again(bench: Bench, call: Call, way: tuple[str, str]) -> None:
    try:
        again = bench.ask(Step("call", MODULE, call.step.name, call.step.args, call.step.kwargs))
    except Raised as error:
        raise _differs(bench, call, way, error.failure.message) from None
    if isinstance(again, RemoteObject) or b"".join(wire.encode(again)) != call.answer:
        raise _differs(bench, call, way, brief(again))


AGAIN = (
    "Asked again in a new process, {} gives another answer to the same call.",
    "Look for state that is kept between calls, for randomness without the seed, and for the order "
    "of a set of strings.",
)
OVERWRITTEN = (
    "Asked twice, {} gives another answer when the first one has been overwritten in between.",
    "Does it keep what it returns, and return it again? Return a copy.",
)
"""What is wrong where the same call gets another answer, and what to look for."""


def _chosen(bench: Bench) -> list[Call]:
    """Calls from the first to the last, as many as there is time for."""
    step = max(len(bench.calls) / CALLS, 1.0)
    picked = [bench.calls[-1 - int(i * step)] for i in range(min(CALLS, len(bench.calls)))]
    left, calls = min(RECHECK_SECONDS, bench.seconds_left / 4), []
    for call in picked:
        left -= call.seconds
        if left < 0:
            break
        calls.append(call)
    return calls[::-1]


def _differs(bench: Bench, call: Call, way: tuple[str, str], again: str) -> Rejected:
    message, advice = way
    failure = Failure(
        message.format(call.step.name), returned=again, expected=brief(call.value), advice=advice
    )
    error = Rejected(Verdict.WRONG_ANSWER, failure)
    error.scene = bench.scene
    return error
