"""Grades many people's submissions for one kata, on any executor of concurrent.futures.

`grade` is what a process does with one submission; `run` hands submissions out and takes results
in. A process that ends while it grades costs no result: what it had at hand is graded again, one
by one, and only a submission that ends the process by itself gets a fault of the grader for it.
"""

from __future__ import annotations

import functools
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from kata import ledger, likeness, verify
from kata.catalog import Kata
from kata.errors import CatalogError, SetupError, UsageError
from kata.fence import Level
from kata.gradebook import Gradebook, Key, Record
from kata.judge import sentence
from kata.pool import holding_interrupts, obey_parent
from kata.proxy import Search
from kata.recall import HeardBench, Recall
from kata.roster import Entry
from kata.sandbox import Sandbox
from kata.submission import Source, Unreadable, read
from kata.verdict import Failure, KataResult, PropertyResult, Verdict

UNPARSED = (Verdict.GRADER_ERROR, Verdict.LOAD_ERROR, Verdict.TIME_LIMIT_EXCEEDED)
"""With one of these throughout, no worker may have got through the file: this process parses none
that a worker has not."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How all submissions of a batch are graded."""

    kata: Kata
    search: Search
    level: Level | None
    """The sandbox's level; None for the most that the machine has."""
    required: Level
    version: str
    """The digest of grader and engine, which must be the same on every machine."""

    @property
    def context(self) -> str:
        """What has to be equal for two results to be comparable."""
        search = self.search
        return f"{self.kata.slug}-{self.version}-{search.seed}-{search.examples}-{search.shrink:d}"


@dataclass(frozen=True, slots=True)
class Task:
    """One submission, and how it is graded."""

    name: str
    source: Source
    rules: Rules

    @property
    def key(self) -> Key:
        """What the submission is known by, as in a record."""
        return self.name, self.source.digest


Grade = Callable[[Task], Record]

Engine = Callable[[], Executor]
"""Makes an executor, again where one has broken."""


def rules(kata: Kata, search: Search, level: Level | None, required: Level) -> Rules:
    """The rules of a batch. Raises CatalogError when the grader cannot be used at all."""
    if not kata.grader.is_file():
        raise CatalogError(f"{kata.slug} has no grader: {kata.grader} is missing.")
    try:
        found = verify.properties(kata)
    except Exception as error:
        text = f"{type(error).__name__}: {error}".splitlines()[0]
        raise CatalogError(f"{kata.grader} cannot be imported: {text}") from error
    if not found:
        raise CatalogError(f"{kata.grader} states no property: it has no test function.")
    return Rules(kata, search, level, required, ledger.context(kata))


def read_in(entry: Entry, rules: Rules) -> Task | Record:
    """The submission as it is now; the result at once for a file that cannot be read."""
    try:
        if entry.fault:
            raise Unreadable(entry.fault)
        return Task(entry.name, read(entry.path.absolute()), rules)
    except Unreadable as error:
        failure = Failure(str(error))
        properties = tuple(
            PropertyResult(test.__name__, sentence(test), Verdict.LOAD_ERROR, failure=failure)
            for test, _ in _properties(rules.kata)
        )
        result = KataResult(rules.kata.slug, str(entry.path.absolute()), properties)
        return Record(entry.name, Source(entry.path, b"").digest, result)


@functools.cache
def _properties(kata: Kata) -> list[tuple[verify.Property, float]]:
    return verify.properties(kata)


# --- one process -------------------------------------------------------------------------------

_one_at_a_time = threading.Lock()
"""A worker of a cluster may have threads, and a sandbox serves one caller."""

_sandboxes: dict[tuple[Path, Level | None], Sandbox] = {}

_recall = Recall()


def grade(task: Task) -> Record:
    """Grade one submission in this process, on all properties.

    Raises SetupError when this machine's sandbox is below what is required, or its grader is
    another one.
    """
    with _one_at_a_time:
        result = _grade(task)
        # Another sandbox may know better: the process that starts workers may have ended.
        if result.verdict is Verdict.GRADER_ERROR:
            _let_go(task.rules)
            result = _grade(task)
    parsed = not all(prop.verdict in UNPARSED for prop in result.properties)
    shape = likeness.shape(task.source.text) if parsed else ()
    return Record(task.name, task.source.digest, result, shape)


def _sandbox(rules: Rules) -> Sandbox:
    key = (rules.kata.root, rules.level)
    if key not in _sandboxes:
        here = ledger.context(rules.kata)
        if here != rules.version:
            raise SetupError(
                f"The machine {os.uname().nodename} has another version of kata, of the grader "
                f"of {rules.kata.slug} or of Python. Bring all machines to the same commit."
            )
        _sandboxes[key] = Sandbox(level=rules.level, folders=[rules.kata.folder.parent])
    sandbox = _sandboxes[key]
    if sandbox.level < rules.required:
        _let_go(rules)
        raise too_weak(sandbox.level, rules.required)
    return sandbox


def _let_go(rules: Rules) -> None:
    sandbox = _sandboxes.pop((rules.kata.root, rules.level), None)
    if sandbox is not None:
        sandbox.close()


def too_weak(level: Level, required: Level) -> SetupError:
    """The error for a machine that would not fence other people's code in."""
    return SetupError(
        f"The sandbox level on {os.uname().nodename} is {level}, and grading other people's code "
        f"requires {required}: below that it can read your files. .venv/bin/kata doctor "
        "tells what is missing. To go on all the same: --require-sandbox none"
    )


def _grade(task: Task) -> KataResult:
    kata, sandbox = task.rules.kata, _sandbox(task.rules)
    bench = HeardBench(
        sandbox,
        kata,
        task.source,
        kata.forbidden,
        kata.requires,
        search=task.rules.search,
        ahead=False,
    )
    try:
        results = _recall.judge_all(_properties(kata), bench)
        bench.close()
    except BaseException:
        _let_go(task.rules)
        raise
    # Below that level a submission could have reached the process that starts workers.
    if sandbox.level < Level.SECCOMP:
        _let_go(task.rules)
    return KataResult(kata.slug, str(task.source.path), results)


# --- all of them -------------------------------------------------------------------------------


def processes(count: int) -> tuple[Engine, int]:
    """Processes of this machine, each with a sandbox of its own, and how many they are."""

    def engine() -> Executor:
        spawn = get_context("spawn")
        return ProcessPoolExecutor(count, mp_context=spawn, initializer=obey_parent)

    return engine, count


def take_up(
    entries: Sequence[Entry],
    rules: Rules,
    book: Gradebook,
    engine: Engine,
    slots: int,
    tick: Callable[[str, int, int], None],
    work: Grade | None = None,
) -> set[Key]:
    """Grade what is not in the book yet, and put it there; return the keys of all entries.

    `tick` is told what is being done, how much of it is done, and how much there is. For the
    rest see `run`.
    """
    current: set[Key] = set()
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        tick(rules.kata.slug, done, len(entries))

    def missing() -> Iterator[Task | Record]:
        for entry in entries:
            each = read_in(entry, rules)
            current.add(each.key)
            if each.key in book.known:
                count()
            else:
                yield each

    def keep(record: Record) -> None:
        book.append(record)
        count()

    def stopping() -> None:
        tick("stopping when what is under way is done", done, len(entries))

    run(missing(), engine, slots, keep, work or grade, stopping)
    return current


def run(
    tasks: Iterable[Task | Record],
    engine: Engine,
    slots: int,
    keep: Callable[[Record], None],
    work: Grade = grade,
    stopping: Callable[[], None] = lambda: None,
) -> None:
    """Grade all tasks, `slots` at a time, and hand each result to `keep` as it comes in.

    Tasks are taken as there is room, so the memory does not depend on their number. Raises the
    SetupError of a machine, after which nothing is lost: what `keep` was given is not to be graded
    again. On Ctrl-C `stopping` is called, and what is under way is waited for.
    """
    fresh = iter(tasks)
    suspects: deque[Task] = deque()
    running: dict[Future[Record], Task] = {}
    executor = engine()
    try:
        while True:
            # A suspect runs by itself, so that it is known who ended the process.
            alone = bool(suspects) and not running
            starting: list[Task] = []
            if alone:
                starting.append(suspects.popleft())
            elif not suspects:
                # Each has the next one waiting for it.
                starting += _upcoming(fresh, 2 * slots - len(running), keep)
            if not running and not starting:
                return
            broken = False
            for task in starting:
                try:
                    with holding_interrupts():
                        running[executor.submit(work, task)] = task
                except BrokenExecutor:
                    # A process has ended, and the futures of what ran do not say so yet.
                    broken = True
                    suspects.append(task)
            done = wait(running, return_when=FIRST_COMPLETED).done if running else set()
            for future in done:
                task = running.pop(future)
                error = _error(future)
                if error is None:
                    keep(future.result())
                elif alone:
                    keep(_fault(task, error))
                else:
                    suspects.append(task)
                broken = broken or isinstance(error, BrokenExecutor)
            if broken:
                suspects.extend(running.values())
                running.clear()
                executor.shutdown()
                executor = engine()
    except KeyboardInterrupt:
        stopping()
        raise
    finally:
        for future in running:
            future.cancel()
        executor.shutdown()


def _upcoming(
    fresh: Iterator[Task | Record], room: int, keep: Callable[[Record], None]
) -> Iterator[Task]:
    """The next tasks for which there is room; what needs no grading is kept on the way."""
    while room > 0:
        each = next(fresh, None)
        if each is None:
            return
        if isinstance(each, Record):
            keep(each)
        else:
            room -= 1
            yield each


def _error(future: Future[Record]) -> BaseException | None:
    """How a submission's grading failed; what is no submission's fault is raised."""
    try:
        error = future.exception()
    except CancelledError as gone:
        raise SetupError(
            "The scheduler is gone. What was graded is kept: start it again, and the same "
            "command goes on from there."
        ) from gone
    if isinstance(error, UsageError):
        raise error
    return error


def _fault(task: Task, error: BaseException) -> Record:
    """The result of a submission that nothing could be found out about."""
    text = f"{type(error).__name__}: {error}".splitlines()[0]
    failure = Failure(
        f"The process that graded this file ended, twice, before it was done: {text}",
        advice="Please report it, with the file and this message.",
    )
    prop = PropertyResult(
        "grading", "The file can be graded.", Verdict.GRADER_ERROR, failure=failure
    )
    result = KataResult(task.rules.kata.slug, str(task.source.path), (prop,))
    return Record(task.name, task.source.digest, result)
