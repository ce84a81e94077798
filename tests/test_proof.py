"""Graders against the answers they must accept or reject, each as its docstring claims.

Of most katas, `make test` tries the reference alone, on a few inputs for every property that
searches. `make proof` tries every answer of every kata, and `python -m pytest tests/test_proof.py
--seeds 20` looks longer for right answers that are rejected.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from workbench import KATAS

from kata import grading, verify
from kata.catalog import Kata
from kata.judge import RECORDS, judge
from kata.proxy import Search, set_up
from kata.recall import Recall
from kata.sandboxes import Sandboxes
from kata.verdict import Verdict
from kata.verify import Claim

claims = functools.cache(verify.claims)
"""What the answers to a kata claim: hundreds of files, and many tests here want to know."""


def reference(kata: Kata) -> Claim:
    """The first of a kata's claims; that of the others need not be read for it."""
    return Claim(kata.solutions / "reference.py", Verdict.ACCEPTED, "", frozenset())


RECALL = Recall()
"""Holds what was drawn for one accepted answer ready for the others."""


@pytest.fixture(scope="module")
def sandboxes() -> Iterator[Sandboxes]:
    """Sandboxes with the limits that learners get."""
    with Sandboxes() as made:
        yield made


WHOLE = frozenset({"linear_regression", "kmeans"})
"""The katas of which every answer is tried in any case: a class, and a function with budgets.
A fault of the engine shows in these."""

QUICK = 3
"""Up to so many seeds, a right answer is searched with fewer examples than learners get."""

MEASURED = {Verdict.TIME_LIMIT_EXCEEDED, Verdict.MEMORY_LIMIT_EXCEEDED}
"""Verdicts that depend on the machine as well."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each answer, and for each seed where it must be accepted."""
    options = metafunc.config.option
    whole = options.whole or options.seeds > QUICK
    if "chosen" in metafunc.fixturenames:
        some = [kata for kata in KATAS if whole or kata.slug in WHOLE]
        metafunc.parametrize("chosen", some, ids=lambda kata: kata.slug)
    if "claim" not in metafunc.fixturenames:
        return
    cases = []
    for kata in KATAS:
        every = whole or kata.slug in WHOLE
        seeds = options.seeds if every else 1
        for claim in claims(kata) if every else [reference(kata)]:
            tried = range(seeds) if claim.verdict is Verdict.ACCEPTED else [0]
            cases += [
                pytest.param(kata, claim, seed, id=f"{kata.slug}-{claim.path.stem}-{seed}")
                for seed in tried
            ]
    metafunc.parametrize(("kata", "claim", "seed"), cases)


def test_the_grader_says_what_the_answer_claims(
    sandboxes: Sandboxes, kata: Kata, claim: Claim, seed: int, pytestconfig: pytest.Config
) -> None:
    # A wrong answer's own property is searched in full, and here alone; whether the others agree on
    # how bad it is, and how far the counterexample shrinks, the longer proof finds out. The curated
    # examples are the same for every seed, so they are tried from one.
    quick = pytestconfig.getoption("--seeds") <= QUICK
    sampled = quick and not pytestconfig.getoption("--whole") and kata.slug not in WHOLE
    elsewhere = None
    if claim.property:
        full, elsewhere = Search(seed, shrink=not quick), Search(seed, examples=2)
    elif sampled:
        full = Search(seed, most=3, curated=False)
    elif quick:
        full = Search(seed, most=3 if seed else 5, curated=not seed)
    else:
        full = Search(seed, curated=seed == 0)
    grade = functools.partial(
        verify.grade,
        sandboxes.fit(kata, claim.uses),
        kata,
        claim,
        full,
        elsewhere,
        alone=quick,
        again=seed > 0 or sampled,
        recall=RECALL,
    )
    result = grade()
    if verify.refutation(claim, result) and MEASURED & {claim.verdict, result.verdict}:
        # Budgets may be wrong once in a thousand verdicts, and there are hundreds here.
        result = grade()
    assert not verify.refutation(claim, result)


@pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.slug)
def test_the_stub_is_not_started(sandboxes: Sandboxes, kata: Kata) -> None:
    stub = Claim(kata.stub, Verdict.NOT_STARTED, "", frozenset())
    assert not verify.refutation(stub, verify.grade(sandboxes.fit(kata), kata, stub, Search()))


def test_every_search_finds_inputs_enough(
    chosen: Kata, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """Hypothesis gives up where most of what is drawn is discarded: from some seeds, not from all.

    It looks at the first inputs only, so that these are drawn here, and given to nobody.
    """
    monkeypatch.setattr(grading._Hunt, "_attempt", lambda *_: None)
    for seed in range(20 if pytestconfig.getoption("--whole") else 3):
        search = Search(seed, most=10, curated=False)
        nobody: Any = SimpleNamespace(_bench=SimpleNamespace(search=search, memory=None))
        for test, _ in verify.properties(chosen):
            if vars(test).get("kata_searches"):
                test(nobody)


def test_a_counterexample_is_a_program_that_runs(
    sandboxes: Sandboxes, chosen: Kata, tmp_path: Path
) -> None:
    claim = next(one for one in claims(chosen) if one.verdict is Verdict.WRONG_ANSWER)
    bench = set_up(sandboxes.fit(chosen), chosen, claim.path, Search(shrink=False))
    [(test, limit)] = [
        one for one in verify.properties(chosen) if one[0].__name__ == claim.property
    ]
    result, example = judge(test, bench, limit)
    bench.close()
    assert example is not None
    answer = Path(shutil.copy(claim.path, tmp_path / f"{chosen.slug}.py"))
    folder = tmp_path / RECORDS / chosen.slug
    folder.mkdir(parents=True)
    for name, array in example.arrays.items():
        np.save(folder / name, array, allow_pickle=False)
    (tmp_path / "program.py").write_text(example.program("It fails.", answer))
    ended = subprocess.run(
        [sys.executable, "program.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    # Where an exception of the wrong type is what is wrong, the program shows that.
    assert result.failure is not None
    kind = ended.stderr.splitlines()[-1].partition(":")[0] if ended.returncode else "raised"
    assert kind == "raised" or f" {kind}" in result.failure.message, ended.stderr


@pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.slug)
def test_there_are_answers_enough_to_prove_the_grader(kata: Kata) -> None:
    verdicts = [claim.verdict for claim in claims(kata)]
    accepted = verdicts.count(Verdict.ACCEPTED)
    assert accepted >= 1 + 3  # the reference, and three that go other ways
    assert len(verdicts) - accepted >= 12


@pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.slug)
def test_every_property_is_named_by_a_rejected_answer(kata: Kata) -> None:
    named = {claim.property for claim in claims(kata)}
    assert {test.__name__ for test, _ in verify.properties(kata)} <= named
