"""The pytest hooks, and nothing else: what they find goes to `judge`, what it says into reports.

With this plugin `pytest graders -k kmeans`, `-n 2` and `--junitxml` reach the same verdicts as
`kata check`. A property is any test function in graders/test_<slug>.py that takes `submission`.
"""

from __future__ import annotations

import contextlib
import inspect
import json
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kata import catalog, lanes
from kata.budget import PROPERTY_SECONDS
from kata.catalog import Kata
from kata.counterexample import Script
from kata.errors import UsageError
from kata.judge import RECORDS, judge, sentence
from kata.program import file_name
from kata.proxy import Bench, Search, Submission, set_up
from kata.reports import terminal
from kata.sandbox import Sandbox
from kata.verdict import Failure, KataResult, PropertyResult, Report, Verdict

GRADING = pytest.StashKey["Grading"]()
LIMIT = pytest.StashKey[float]()
RESULT = pytest.StashKey[PropertyResult]()


class PropertyFails(Exception):
    """A property does not hold. The plugin replaces its traceback by the learner's message."""


class Grading:
    """One run of pytest over graders: the sandbox, the submissions, and the results so far."""

    def __init__(self, sandbox: Sandbox | None = None) -> None:
        self._borrowed = sandbox is not None
        self._sandbox = sandbox
        self._benches: dict[str, Bench] = {}
        self._results: dict[str, dict[str, PropertyResult]] = {}
        self._spans: dict[str, list[tuple[float, float]]] = {}
        self.katas: dict[str, Kata] = {}
        self.search = Search()
        self.file: Path | None = None
        self.waived: frozenset[str] = frozenset()
        self.processes = 1
        """How many of this process and its forks try the properties."""
        self._send: Callable[[bytes], None] | None = None
        self.order: tuple[str, ...] = ()
        """The properties' names, as the graders state them."""
        self.interrupted = False
        self.told: Callable[[PropertyResult], None] | None = None
        """Is told of every property as soon as it has been tried."""

    def start(self) -> Sandbox:
        """Start the fork server, unless that has been done."""
        if self._sandbox is None:
            folders = {kata.folder.parent for kata in self.katas.values()}
            self._sandbox = Sandbox(folders=sorted(folders))
        return self._sandbox

    def close(self) -> None:
        """End the workers, and the fork server unless it is somebody else's."""
        for bench in self._benches.values():
            bench.close()
        if self._sandbox is not None and not self._borrowed:
            self._sandbox.close()
            self._sandbox = None

    def path(self, kata: Kata) -> Path:
        """The file that is graded for this kata."""
        return self.file or kata.stub

    def bench(self, kata: Kata) -> Bench:
        """The submission for this kata, set up on first use."""
        if kata.slug not in self._benches:
            self._benches[kata.slug] = set_up(
                self.start(), kata, self.path(kata), self.search, self.waived
            )
        return self._benches[kata.slug]

    def record(self, slug: str, result: PropertyResult, ended: float | None = None) -> None:
        """Take note of what one property found, or pass it on to the process that does.

        `ended` is when that was, on the monotonic clock, which is one for all processes.
        """
        ended = time.monotonic() if ended is None else ended
        if self._send is not None:
            self._send(json.dumps([slug, result.to_plain(), ended]).encode())
            return
        self._spans.setdefault(slug, []).append((ended - result.seconds, ended))
        self._results.setdefault(slug, {})[result.name] = result
        if self.told is not None:
            self.told(result)

    def took(self, slug: str) -> float:
        """Seconds from the beginning of a kata's first property to the end of its last."""
        spans = self._spans[slug]
        return max(ended for _, ended in spans) - min(begun for begun, _ in spans)

    def report(self) -> Report:
        """All results: the katas in the order of the catalog, properties in that of the grader."""
        return Report(
            tuple(
                KataResult(slug, str(self.path(kata)), self._in_order(slug))
                for slug, kata in self.katas.items()
                if slug in self._results
            )
        )

    def _in_order(self, slug: str) -> tuple[PropertyResult, ...]:
        results, last = self._results[slug], len(self.order)
        places = {name: place for place, name in enumerate(self.order)}
        return tuple(sorted(results.values(), key=lambda each: places.get(each.name, last)))

    def divide(self, items: Sequence[pytest.Item]) -> None:
        """Try the properties in several processes. Reports come back as those of one would."""
        sandbox = self.start()
        for kata in self.katas.values():
            self.bench(kata)  # one version of the learner's file, whatever they save meanwhile
        branches = [sandbox.branch() for _ in range(min(self.processes, len(items)) - 1)]

        def work(place: int) -> None:
            item = items[place]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)

        def become(number: int, send: Callable[[bytes], None]) -> None:
            self._sandbox = branches[number]
            self._sandbox.take_over(sandbox)
            for bench in self._benches.values():
                bench.sandbox = self._sandbox
            self._send = send

        def heard(message: bytes) -> None:
            slug, plain, ended = json.loads(message)
            self.record(slug, PropertyResult.from_plain(plain), ended)

        try:
            lanes.divide(len(items), work, len(branches), become, heard)
        finally:
            for branch in branches:
                branch.let_go()


class Lend:
    """A plugin that hands `kata check`'s own grading, with its running sandbox, to this one."""

    def __init__(self, grading: Grading) -> None:
        self._grading = grading

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Put the grading where the hooks below look for it."""
        config.stash[GRADING] = self._grading


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the command line of `kata check` has, under names of its own."""
    group = parser.getgroup("kata", "grading of katas")
    group.addoption("--kata-submission", metavar="FILE", help="grade FILE, for one kata's grader")
    group.addoption("--kata-seed", type=int, default=0, help="search for examples from this seed")
    group.addoption("--kata-examples", type=int, help="examples a property, instead of its own")


def pytest_configure(config: pytest.Config) -> None:
    """Find the katas below pytest's root folder, where there are any."""
    grading = config.stash.setdefault(GRADING, Grading())
    if (config.rootpath / "exercises").is_dir() and not grading.katas:
        try:
            grading.katas = {kata.slug: kata for kata in catalog.find(config.rootpath)}
        except UsageError as error:
            raise pytest.UsageError(str(error)) from error
        grading.search = Search(config.option.kata_seed, config.option.kata_examples)
        if config.option.kata_submission:
            grading.file = Path(config.option.kata_submission).absolute()
    config.pluginmanager.register(Recorder(grading))


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what was started."""
    config.stash[GRADING].close()


def _kata(config: pytest.Config, path: Path) -> Kata | None:
    """The kata that this file grades, if it is a grader."""
    for kata in config.stash[GRADING].katas.values():
        if kata.grader == path:
            return kata
    return None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> None:
    """Start the fork server when the first grader is met: it loads NumPy meanwhile."""
    if _kata(parent.config, file_path):
        parent.config.stash[GRADING].start()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin each kata with the properties that have failed before, where that is remembered.

    Where several processes share the rest, what is timed comes first: it takes longest.
    """
    grading = config.stash[GRADING]
    grading.order = tuple(item.name for item in items)
    if grading.search.memory is None and grading.processes == 1:
        return
    places = {path: place for place, path in enumerate(dict.fromkeys(i.path for i in items))}

    def key(item: pytest.Item) -> tuple[int, bool, bool]:
        kata = _kata(config, item.path)
        memory = kata and grading.bench(kata).memory
        long = grading.processes > 1 and not hasattr(getattr(item, "obj", None), "kata_searches")
        return places[item.path], not (memory and memory.recall(item.name)), not long

    items.sort(key=key)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Share the properties among processes, where that was asked for."""
    grading = session.config.stash[GRADING]
    if grading.processes == 1 or len(session.items) < 2:
        return None
    grading.divide(session.items)
    return True


@pytest.fixture(scope="module")
def submission(request: pytest.FixtureRequest) -> Submission:
    """The learner's module for the kata that this file grades; calls run in a worker."""
    kata = _kata(request.config, request.path)
    if kata is None:
        raise pytest.UsageError(f"{request.path} is no kata's grader, so it has no submission.")
    return Submission(request.config.stash[GRADING].bench(kata))


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: Any) -> bool | None:
    """Let pytest-timeout's limit arm the worker instead of an alarm in this process.

    Hypothesis would take the alarm's exception for a counterexample, and replay it without one.
    """
    if _kata(item.config, item.path) is None:
        return None
    item.stash[LIMIT] = float(settings.timeout)
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_cancel_timer(item: pytest.Item) -> bool | None:
    """There is no alarm to cancel: a property's limit ends with the property."""
    return True if LIMIT in item.stash else None


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Judge a property instead of calling it."""
    kata = _kata(pyfuncitem.config, pyfuncitem.path)
    if kata is None:
        return None
    if list(inspect.signature(pyfuncitem.obj).parameters) != ["submission"]:
        text = f"{pyfuncitem.name} must take submission, and besides only what @given draws."
        result = PropertyResult(
            pyfuncitem.name,
            sentence(pyfuncitem.obj),
            Verdict.GRADER_ERROR,
            failure=Failure(text),
        )
        pyfuncitem.stash[RESULT] = result
        raise PropertyFails
    bench = pyfuncitem.config.stash[GRADING].bench(kata)
    limit = pyfuncitem.stash.get(LIMIT, PROPERTY_SECONDS)
    result, example = judge(pyfuncitem.obj, bench, limit)
    pyfuncitem.stash[RESULT] = _keep(result, example, bench)
    pyfuncitem.user_properties.append(("verdict", result.verdict.value))  # for --junitxml
    if result.verdict is Verdict.NOT_STARTED:
        pytest.skip("not started")
    if result.verdict.fails:
        raise PropertyFails
    return True


def _keep(result: PropertyResult, example: Script | None, bench: Bench) -> PropertyResult:
    """Write the failing example down as a program; return the result that says where it is."""
    kata = bench.kata
    folder = kata.root / RECORDS / kata.slug
    own = bench.source.path == kata.stub
    program = folder / file_name(kata.slug, result.name, own=own)
    # A folder that cannot be written to costs the program, not the verdict.
    with contextlib.suppress(OSError):
        if example is None or result.failure is None or not example.calls:
            program.unlink(missing_ok=True)
            return result
        folder.mkdir(parents=True, exist_ok=True)
        for name, value in example.arrays.items():
            np.save(folder / name, value)
        title = f"{kata.slug}, {result.verdict.words}: {result.sentence}"
        program.write_text(example.program(title, bench.source.path), encoding="utf-8")
        return replace(result, program=program.relative_to(kata.root).as_posix())
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give the report the result of the property, and the learner's message as its text."""
    report = yield
    result = item.stash.get(RESULT, None)
    kata = _kata(item.config, item.path)
    if kata is None or call.when == "teardown":
        return report
    if call.excinfo is not None and result is None:
        text = f"pytest could not run the property: {call.excinfo.exconly()}"
        result = PropertyResult(item.name, item.name, Verdict.GRADER_ERROR, failure=Failure(text))
    if result is not None:
        vars(report)["kata"] = {"slug": kata.slug, "result": result.to_plain()}
        if result.verdict.fails:
            report.longrepr = "\n".join(terminal.failure_lines(result))
    return report


class Recorder:
    """The hooks that are told of reports but not of the configuration they belong to.

    With pytest-xdist they run in the process that started the others.
    """

    def __init__(self, grading: Grading) -> None:
        self._grading = grading

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect what a property found."""
        plain = getattr(report, "kata", None)
        if plain is not None:
            self._grading.record(plain["slug"], PropertyResult.from_plain(plain["result"]))

    def pytest_keyboard_interrupt(self) -> None:
        """Remember that what has been found is not all."""
        self._grading.interrupted = True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A grader that cannot be imported has found nothing out about the learner's code."""
        for kata in self._grading.katas.values():
            if report.failed and report.nodeid.endswith(f"graders/{kata.grader.name}"):
                text = str(report.longrepr).strip().splitlines()[-1]
                result = PropertyResult(
                    "collection",
                    f"{kata.grader.name} can be imported.",
                    Verdict.GRADER_ERROR,
                    failure=Failure(f"The grader itself cannot be imported: {text}"),
                )
                self._grading.record(kata.slug, result)
