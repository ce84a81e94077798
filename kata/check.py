"""Grades submissions by running pytest in this process on the graders of the chosen katas."""

from __future__ import annotations

import contextlib
import importlib
import io
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kata import outline, plugin
from kata.catalog import Kata
from kata.errors import CatalogError
from kata.judge import claim
from kata.proxy import Search
from kata.rejection import SubmissionUnusable
from kata.sandbox import Sandbox
from kata.verdict import KataResult, PropertyResult, Report, Verdict

# What pytest loads by itself and no grading has a use for; together they take a tenth of a second.
UNUSED = (
    *("cacheprovider", "debugging", "doctest", "faulthandler", "junitxml", "legacypath"),
    *("pastebin", "setuponly", "setupplan", "stepwise", "threadexception", "unittest"),
    *("unraisableexception",),
)


def _options(root: Path) -> list[str]:
    return [
        f"--rootdir={root}",
        f"--confcutdir={root}",
        # Only what grading needs: the other plugins that happen to be installed cost time.
        "--disable-plugin-autoload",
        *("-p", "pytest_timeout"),
        *("-p", "kata.plugin"),
        *(part for name in UNUSED for part in ("-p", f"no:{name}")),
        # Properties use no bare assert; rewriting a grader for them takes longer than loading it.
        "--assert=plain",
        # A grader that cannot be imported must not keep the other katas from being graded.
        "--continue-on-collection-errors",
        "-q",
    ]


def warm_up() -> None:
    """Load all that `grade` will load, graders apart: for a process that is to be forked."""
    importlib.import_module("kata.grading")
    with (
        tempfile.TemporaryDirectory(prefix="kata-") as empty,
        contextlib.redirect_stdout(io.StringIO()),
    ):
        pytest.main([empty, *_options(Path(empty))])


def grade(
    root: Path,
    katas: Sequence[Kata],
    sandbox: Sandbox,
    search: Search,
    file: Path | None = None,
    waived: frozenset[str] = frozenset(),
    keep: Callable[[KataResult, bytes], None] | None = None,
    told: Callable[[PropertyResult], None] | None = None,
    took: Callable[[str, float], None] | None = None,
    processes: int = 1,
) -> Report:
    """Grade the submissions for these katas; `file` replaces the learner's own for the only one.

    So many processes share the properties; this one must have a single thread when they do.

    `waived` names libraries that are allowed for once. `keep` is told each kata's result and the
    very bytes that were graded, which the learner may have changed on the disk since. `told`
    is told of each property as soon as it has been tried, while standard output is pytest's and
    not the terminal. `took` is told how many seconds each kata's grading took on the clock, which
    is less than its properties took together where processes share them. Raises CatalogError when
    a kata has no grader, or a grader no property.
    """
    for kata in katas:
        if not kata.grader.is_file():
            raise CatalogError(f"{kata.slug} has no grader: {kata.grader} is missing.")
    grading = plugin.Grading(sandbox)
    grading.katas = {kata.slug: kata for kata in katas}
    grading.search, grading.file, grading.waived = search, file, waived
    grading.told, grading.processes = told, processes
    # Of many katas most have not been begun, and to load their graders takes longer than all else.
    begun = [kata for kata in katas if len(katas) == 1 or not _is_set_aside(grading, kata)]
    if begun:
        _run_pytest(root, begun, grading)
    report = grading.report()
    for kata in katas:
        if kata.slug not in {result.slug for result in report.katas}:
            raise CatalogError(f"{kata.grader} states no property: it has no test function.")
    if keep is not None:
        for result in report.katas:
            keep(result, grading.bench(grading.katas[result.slug]).source.text)
    if took is not None:
        for result in report.katas:
            took(result.slug, grading.took(result.slug))
    return report


def _run_pytest(root: Path, katas: Sequence[Kata], grading: plugin.Grading) -> None:
    arguments = [*(str(kata.grader) for kata in katas), *_options(root)]
    # The report says all that there is to say, except when pytest itself cannot go on.
    with contextlib.redirect_stdout(io.StringIO()) as output:
        status = pytest.main(arguments, plugins=[plugin.Lend(grading)])
    if grading.interrupted:
        raise KeyboardInterrupt
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        complaint = output.getvalue().strip().splitlines() or ["it says nothing."]
        if status is not pytest.ExitCode.NO_TESTS_COLLECTED:
            raise CatalogError(f"pytest could not run the graders: {complaint[-1]}")


def _is_set_aside(grading: plugin.Grading, kata: Kata) -> bool:
    """Whether the kata has not been begun: then that is recorded for each of its properties."""
    bench = grading.bench(kata)
    try:
        bench.load()
    except SubmissionUnusable as error:
        if error.verdict is not Verdict.NOT_STARTED:
            return False
        stated = outline.properties(kata)
        for name, docstring in stated:
            result = PropertyResult(name, claim(name, docstring), error.verdict)
            grading.record(kata.slug, result)
        return bool(stated)
    else:
        return False
    finally:
        bench.close()  # or processes that share the properties would share a worker
