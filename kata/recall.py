"""Tries the examples of one search again on the next submission, instead of drawing them anew.

What Hypothesis draws for a property depends on the property and the seed alone, as long as every
example holds; to draw it takes more than half of the time of a grading. So the examples of the
first submission for which a property holds serve for all others. Where a smaller counterexample is
looked for, one that fails on them is searched in the ordinary way, and gets the verdict and the
message that it would have got alone; elsewhere it gets them at once.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis.errors import HypothesisDeprecationWarning, UnsatisfiedAssumption

from kata.budget import CALL_SECONDS, PROPERTY_SECONDS
from kata.judge import judge
from kata.proxy import Bench, Call, Search, Submission
from kata.recheck import ask_again
from kata.rejection import Rejected, unsteady
from kata.verdict import PropertyResult, Verdict

Property = Callable[..., Any]

SETTLED = frozenset(
    {
        Verdict.ACCEPTED,
        Verdict.NOT_STARTED,
        Verdict.LOAD_ERROR,
        Verdict.TIME_LIMIT_EXCEEDED,
    }
)
"""Verdicts that an ordinary search reaches in the same way: by all of its examples, by none, or by
one that it leaves at once."""


@dataclass(slots=True)
class HeardBench(Bench):
    """A bench that remembers what was drawn for the property at hand."""

    drawn: list[dict[str, Any]] = field(default_factory=list)
    known: bool = False
    """Whether what is tried is remembered already."""

    def start_property(self, limit: float, call_seconds: float = CALL_SECONDS) -> None:
        """As a bench does, and forget what was drawn."""
        self.drawn = []
        Bench.start_property(self, limit, call_seconds)

    def start_example(self, drawn: dict[str, Any]) -> None:
        """As a bench does, and remember the arguments as they are now."""
        if not self.known:
            self.drawn.append(deepcopy(drawn))
        Bench.start_example(self, drawn)


def heard(bench: Bench) -> HeardBench:
    """The same bench, unused so far, as one that remembers."""
    fields = (bench.sandbox, bench.kata, bench.source, bench.rules, bench.preload, bench.search)
    return HeardBench(*fields, _unusable=bench._unusable)


class Recall:
    """The examples of all properties that have held for a submission."""

    def __init__(self) -> None:
        self._examples: dict[tuple[Property, Search], list[dict[str, Any]]] = {}

    def forget(self, search: Search) -> None:
        """Let go of what was drawn in a search that will not be asked for again."""
        gone = _drawing(search)
        self._examples = {key: kept for key, kept in self._examples.items() if key[1] != gone}

    def judge(self, test: Property, bench: HeardBench, limit: float) -> PropertyResult:
        """What `judge` finds out, with its result and in less time."""
        key = (test, _drawing(bench.search))
        if key in self._examples:
            result = _try_again(test, self._examples[key], bench, limit)
            if result.verdict in SETTLED or not bench.search.shrink:
                return result
        result, _ = judge(test, bench, limit)
        if result.verdict is Verdict.ACCEPTED and vars(test).get("kata_searches"):
            self._examples[key] = bench.drawn
        return result

    def judge_all(
        self, tests: Sequence[tuple[Property, float]], bench: HeardBench
    ) -> tuple[PropertyResult, ...]:
        """What `judge` finds out about each property, in still less time.

        All that is remembered is tried in one worker, and some of its calls are asked again in
        another. What does not hold there is judged by itself, in workers of its own.
        """
        held = self._holding(tests, bench)
        return tuple(
            held[test] if test in held else self.judge(test, bench, limit) for test, limit in tests
        )

    def _holding(
        self, tests: Sequence[tuple[Property, float]], bench: HeardBench
    ) -> dict[Property, PropertyResult]:
        """The results that another worker would not change."""
        search, held = bench.search, {}
        calls: list[tuple[Property, list[Call]]] = []
        bench.one_worker = True
        for test, limit in tests:
            examples = self._examples.get((test, _drawing(search)))
            if examples is None:
                continue
            bench.put_off = []
            result = _try_again(test, examples, bench, limit)
            if result.verdict in SETTLED:
                held[test] = result
                calls.append((test, bench.put_off))
            else:
                bench.end_worker()  # whatever has gone wrong there shall not go on
        bench.put_off = None
        bench.end_worker()
        bench.search = replace(search, recheck=False)
        for test, kept in reversed(calls):
            if kept and not _say_the_same(kept, bench):
                del held[test]
        bench.one_worker, bench.search = False, search
        bench.end_worker()
        return held


def _drawing(search: Search) -> Search:
    """The search as far as it decides what is drawn for a property that holds.

    Only what fails is shrunk, and asking calls again comes after the last example.
    """
    return replace(search, shrink=True, recheck=True)


def _try_again(
    test: Property, examples: list[dict[str, Any]], bench: HeardBench, limit: float
) -> PropertyResult:
    bench.known = True
    result, _ = judge(_again(test, examples, bench), bench, limit)
    bench.known = False
    return result


def _say_the_same(calls: list[Call], bench: Bench) -> bool:
    """Whether the calls, of one property, are answered as they were."""

    def run(_: Submission) -> None:
        ask_again(bench, calls)

    return judge(run, bench, PROPERTY_SECONDS)[0].verdict is Verdict.ACCEPTED


def _again(test: Property, examples: list[dict[str, Any]], bench: Bench) -> Property:
    """The property on these examples: what `given` has wrapped, without a search around it."""
    inner = test.__wrapped__  # type: ignore[attr-defined]  # set by functools.wraps
    curated = len(vars(test).get("kata_examples", ())) if bench.search.curated else 0

    def attempt(submission: Submission, example: dict[str, Any]) -> None:
        drawn = deepcopy(example)
        bench.start_example(drawn)
        try:
            inner(submission, **drawn)
        except UnsatisfiedAssumption:
            return  # an assumption is about what was drawn: it was not met the first time either
        except Rejected as error:
            error.scene = bench.scene
            raise

    @functools.wraps(test)
    def run(submission: Submission) -> None:
        with warnings.catch_warnings():
            # `assume` would rather be called by Hypothesis.
            warnings.simplefilter("ignore", HypothesisDeprecationWarning)
            for number, example in enumerate(examples):
                try:
                    attempt(submission, example)
                except Rejected as error:
                    if number < curated:
                        raise
                    # As Hypothesis does with what it has drawn: once more, for the report.
                    attempt(submission, example)
                    raise unsteady(error) from None

    return run
