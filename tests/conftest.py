"""The fixtures of the engine's tests: a small repository, a sandbox, submissions put up in it."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from workbench import Kept

from kata import catalog
from kata.catalog import Kata
from kata.fence import Level
from kata.proxy import Bench, Search, set_up
from kata.sandbox import Limits, Sandbox

HERE = Path(__file__).parent

# Hundreds of commands are started here. Where bytecode is not kept, each would compile the graders
# and pytest's plugins, which it rewrites, anew: up to twice the work, and not what users have.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# What `make test` has been told is not for the makes that tests start.
for name in ("ARGS", "EX", "MAKEFLAGS", "MFLAGS"):
    os.environ.pop(name, None)

# As for the workers: otherwise each of those commands starts threads of OpenBLAS that spin for
# work and find none, a third of what it takes of the processors.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Not tests: a repository that tests copy, and submissions that they hand in.
collect_ignore = ["repository", "golden", "tamper"]


# What a coming Python will refuse fails on the one that warns of it; later ones go first. The
# threads that a fork is warned of are pytest-xdist's: a check forks from a process that has none.
WARNINGS = pytest.mark.filterwarnings(
    "error::DeprecationWarning:kata",
    "ignore:This process .* is multi-threaded:DeprecationWarning:kata",
)

# The same examples on every run: a suite that fails now and then is not looked at any more.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis.settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what some of the tests can be told."""
    parser.addoption("--update-golden", action="store_true", help="write the golden texts anew")
    parser.addoption(
        "--tamper-all", action="store_true", help="grade the hostile submissions in full"
    )
    parser.addoption(
        "--tamper-level",
        choices=["auto", *map(str, Level)],
        default="auto",
        help="the sandbox level behind which the hostile submissions are graded",
    )
    parser.addoption(
        "--whole",
        action="store_true",
        help="run the long tests as well: every answer, every hostile submission, every set-up",
    )
    parser.addoption(
        "--seeds", type=int, default=3, help="seeds from which each accepted answer is graded"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Say what the mark of the long tests means."""
    config.addinivalue_line("markers", "whole: only `make proof` has the time for it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests to `make proof`, and give the others time enough for a busy machine.

    The ten seconds are for properties.
    """
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(WARNINGS)
        if item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(600))
    if not (config.getoption("--whole") or config.getoption("--tamper-all")):
        long = {item for item in items if item.get_closest_marker("whole")}
        config.hook.pytest_deselected(items=list(long))
        items[:] = [item for item in items if item not in long]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many of the hostile submissions were judged rightly."""
    passed, failed = (
        sum("test_tamper.py::test_the_verdict_is_right_and" in report.nodeid for report in reports)
        for reports in (
            terminalreporter.getreports("passed"),
            terminalreporter.getreports("failed"),
        )
    )
    if passed + failed:
        terminalreporter.write_line(f"hostile submissions: {passed} of {passed + failed} right")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process more than processors: a sixth of the time, tests wait for what they started.

    The long tests compute throughout, so that they have as many as pytest-xdist chooses.
    """
    return None if config.getoption("--whole") else (os.cpu_count() or 1) + 1


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of its own with the one kata `echo`, not started."""
    return Path(shutil.copytree(HERE / "repository", tmp_path / "repository"))


@pytest.fixture
def echo(repository: Path) -> Kata:
    """The kata of that repository."""
    return catalog.find(repository)[0]


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A fork server with limits that are quick to reach, behind the strongest fence there is."""
    limits = Limits(memory=256 << 20, output=1 << 20, reply=16 << 20)
    with Sandbox(limits, folders=[tmp_path_factory.getbasetemp()]) as sandbox:
        yield sandbox


@pytest.fixture
def bench(sandbox: Sandbox, echo: Kata) -> Iterator[Kept]:
    """Puts a submission for `echo` up for grading: called with its text, it gives its bench."""
    yield from benches(sandbox, echo)


@pytest.fixture
def unfenced(echo: Kata) -> Iterator[Kept]:
    """The same where the operating system fences nothing, so that workers can start programs."""
    with Sandbox(level=Level.NONE) as sandbox:
        yield from benches(sandbox, echo)


def benches(sandbox: Sandbox, echo: Kata) -> Iterator[Kept]:
    """Yield what puts submissions up in the sandbox, and end them afterwards."""
    made = []

    def make(source: str) -> Bench:
        echo.stub.write_text(textwrap.dedent(source))
        made.append(set_up(sandbox, echo, echo.stub, Search()))
        made[-1].start_property(10.0)
        return made[-1]

    yield make
    for bench in made:
        bench.close()
