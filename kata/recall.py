"""Tries the examples of one search again on the next submission, instead of drawing them anew.

What Hypothesis draws for a property depends on the property and the seed alone, as long as every
example holds; to draw it takes more than half of the time of a grading. So the examples of the
first submission for which a property holds serve for all others. One that fails on them is searched
in the ordinary way: it gets the verdict and the message that it would have got alone.
"""

from __future__ import annotations

import contextlib
import functools
import warnings
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis.errors import HypothesisDeprecationWarning, UnsatisfiedAssumption

from kata.budget import CALL_SECONDS
from kata.judge import judge
from kata.proxy import Bench, Search, Submission
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
            bench.known = True
            result, _ = judge(_again(test, self._examples[key], bench), bench, limit)
            bench.known = False
            if result.verdict in SETTLED:
                return result
        result, _ = judge(test, bench, limit)
        if result.verdict is Verdict.ACCEPTED and vars(test).get("kata_searches"):
            self._examples[key] = bench.drawn
        return result


def _drawing(search: Search) -> Search:
    """The search as far as it decides what is drawn for a property that holds.

    Only what fails is shrunk, and asking calls again comes after the last example.
    """
    return replace(search, shrink=True, recheck=True)


def _again(test: Property, examples: list[dict[str, Any]], bench: Bench) -> Property:
    """The property on these examples: what `given` has wrapped, without a search around it."""
    inner = test.__wrapped__  # type: ignore[attr-defined]  # set by functools.wraps

    @functools.wraps(test)
    def run(submission: Submission) -> None:
        with warnings.catch_warnings():
            # `assume` would rather be called by Hypothesis.
            warnings.simplefilter("ignore", HypothesisDeprecationWarning)
            for example in examples:
                drawn = deepcopy(example)
                bench.start_example(drawn)
                # An assumption is about what was drawn: it was not met the first time either.
                with contextlib.suppress(UnsatisfiedAssumption):
                    inner(submission, **drawn)

    return run
