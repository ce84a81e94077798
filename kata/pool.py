"""Grades many submissions at once: a few processes, each with a sandbox of its own.

What goes in and out is frozen data. The processes live as long as the pool, so that NumPy,
Hypothesis and the graders are loaded once.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import signal
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from types import TracebackType
from typing import Self

from kata import verify
from kata.catalog import Kata
from kata.proxy import Search
from kata.recall import HeardBench, Recall
from kata.sandboxes import Sandboxes
from kata.submission import Source
from kata.verdict import Cost, Failure, PropertyResult, Verdict


@dataclass(frozen=True, slots=True)
class Try:
    """One property, and how far to search it."""

    property: str
    search: Search


@dataclass(frozen=True, slots=True)
class Job:
    """A submission, and the properties to try on it."""

    kata: Kata
    path: Path
    """What the file is called; it need not hold the text."""
    text: bytes
    tries: tuple[Try, ...]
    uses: frozenset[str] = frozenset()
    most: int | None = None
    """After how many failing properties to stop; those of one search are tried in any order."""
    again: bool = False
    """Whether the same answer has been graded from another seed: then one worker will do for all
    properties that search. Those that measure have a worker of their own each time."""
    lead: str = ""
    """A property that is tried first; when it holds there is nothing more to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one try."""

    property: str
    verdict: Verdict
    examples: int
    seconds: float
    message: str = ""
    costs: tuple[Cost, ...] = ()
    """What was measured against a budget, or a bar on growth."""

    def as_result(self) -> PropertyResult:
        """The same in the form that a check has."""
        failure = Failure(self.message) if self.message else None
        return PropertyResult(
            self.property, "", self.verdict, self.examples, self.seconds, failure=failure
        )


class Pool:
    """The processes. A context manager: leaving it ends them all."""

    def __init__(self, processes: int) -> None:
        # Fresh interpreters: a fork would take this process's threads and terminal along.
        self._executor = ProcessPoolExecutor(
            processes, mp_context=get_context("spawn"), initializer=_start
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._executor.shutdown(cancel_futures=True)

    def grade(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, tuple[Finding, ...]]]:
        """Yield each job with its findings, as they come in.

        Jobs that follow each other with the same searches go to the same process, which draws the
        examples once.
        """
        with holding_interrupts():
            futures = [
                self._executor.submit(_grade_all, tuple(alike))
                for _, alike in itertools.groupby(jobs, key=_searches)
            ]
        for future in as_completed(futures):
            yield from future.result()


def _searches(job: Job) -> object:
    """What jobs have in common that one process had better do; nothing where one may fail early."""
    return job.tries if job.again else id(job)


_sandboxes: Sandboxes | None = None
_recall = Recall()
_kills: Counter[tuple[str, str]] = Counter()
_seconds: defaultdict[tuple[str, str], float] = defaultdict(float)


def _start() -> None:
    global _sandboxes  # noqa: PLW0603 the process's own, made once
    obey_parent()
    _sandboxes = Sandboxes()


@contextlib.contextmanager
def holding_interrupts() -> Iterator[None]:
    """Have the processes that are started here hear nothing of Ctrl-C before they `obey_parent`.

    The parent is told as well, and ends them; those who are told while they are still loading
    their modules would say so in a traceback.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def obey_parent() -> None:
    """Have this process of a pool leave Ctrl-C to its parent, and end when that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@functools.cache
def _properties(kata: Kata) -> dict[str, tuple[verify.Property, float]]:
    return {test.__name__: (test, limit) for test, limit in verify.properties(kata)}


def _grade_all(jobs: tuple[Job, ...]) -> list[tuple[Job, tuple[Finding, ...]]]:
    graded = [(job, _grade(job)) for job in jobs]
    if jobs[0].again:
        # No later job has these searches, and thousands would not fit into the memory.
        for search in {one.search for one in jobs[0].tries}:
            _recall.forget(search)
    return graded


def _grade(job: Job) -> tuple[Finding, ...]:
    assert _sandboxes is not None  # noqa: S101 the initializer has run
    bench = HeardBench(
        _sandboxes.fit(job.kata, job.uses),
        job.kata,
        Source(job.path, job.text),
        job.kata.forbidden.without(job.uses),
        (*job.kata.requires, *sorted(job.uses)),
        ahead=False,
    )
    findings: list[Finding] = []
    failed: set[str] = set()
    try:
        for one in _in_order(job):
            if job.most is not None and len(failed) >= job.most:
                break
            if one.property in failed:
                continue
            finding = _try(job, one, bench)
            findings.append(finding)
            if finding.verdict.fails:
                failed.add(one.property)
            elif one.property == job.lead:
                break
    finally:
        bench.close()
    return tuple(findings)


def _in_order(job: Job) -> Iterator[Try]:
    """The tries, where a job stops early the likeliest to fail in little time first."""
    if job.most is None:
        yield from job.tries
        return
    for _, group in itertools.groupby(job.tries, key=lambda one: one.search):
        stage = sorted(group, key=lambda one: _rate(job.kata.slug, one.property), reverse=True)
        yield from sorted(stage, key=lambda one: one.property != job.lead)


def _rate(slug: str, name: str) -> float:
    """Failures found a second; a property that was never tried is thought of highly."""
    key = (slug, name)
    return (_kills[key] + 1) / (_seconds[key] + 0.05)


def _try(job: Job, one: Try, bench: HeardBench) -> Finding:
    test, limit = _properties(job.kata)[one.property]
    bench.one_worker = job.again and bool(vars(test).get("kata_searches"))
    bench.search = replace(one.search, recheck=one.search.recheck and not bench.one_worker)
    result = _recall.judge(test, bench, limit)
    key = (job.kata.slug, one.property)
    _kills[key] += result.verdict.fails
    _seconds[key] += result.seconds
    message = result.failure.message if result.failure else ""
    costs = result.costs
    return Finding(one.property, result.verdict, result.examples, result.seconds, message, costs)
