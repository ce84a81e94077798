"""The benchmarks, so far as they depend on names elsewhere; nothing is measured here."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
import workbench

# The fuzzer has a dependency of its own, which is not installed for it alone.
BENCHMARKS = [
    path
    for path in sorted((workbench.ROOT / "benchmarks").glob("*.py"))
    if path.stem != "fuzz_wire"
]


@pytest.mark.parametrize("path", BENCHMARKS, ids=lambda path: path.stem)
def test_what_a_benchmark_imports_is_there(path: Path) -> None:
    assert callable(runpy.run_path(str(path))["main"])


def test_the_submissions_and_properties_that_budgets_are_tried_on_are_there() -> None:
    budgets = runpy.run_path(str(workbench.ROOT / "benchmarks" / "budgets.py"))
    for _, file, words, _ in budgets["CASES"]:
        kata, _, _ = budgets["chosen"](words)  # which raises unless there is one such property
        assert (workbench.SOLUTIONS / kata.slug / file).is_file()
