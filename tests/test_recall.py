"""Examples that are tried again: the results are those of a search of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from workbench import ROOT, SOLUTIONS

from kata import catalog, verify
from kata.catalog import Kata
from kata.judge import judge
from kata.proxy import Search
from kata.recall import HeardBench, Property, Recall
from kata.sandbox import Sandbox, Worker
from kata.submission import Source
from kata.verdict import PropertyResult, Verdict

RIGHT = "def echo(value):\n    return value\n"
ANSWERS = [
    RIGHT,
    "def echo(value):\n    return 0\n",
    "def echo(value):\n    return value[:4]\n",
    "def echo(value):\n    if 7 in value: raise KeyError(value)\n    return value\n",
    "def echo(value):\n    value.append(1)\n    return value\n",
    "def echo(value):\n    while 7 in value: pass\n    return value\n",
    "def echo(value):\n    raise NotImplementedError\n",
    "def echo(value:\n",
    "import sklearn\n" + RIGHT,
    # Its answer depends on how often it was called, so that a failure does not come back.
    "n = []\ndef echo(value):\n    n.append(1)\n    return value if len(n) != 9 else 0\n",
]


@pytest.fixture(scope="module")
def fast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A sandbox with the limits that learners have."""
    folders = [ROOT / "exercises", tmp_path_factory.getbasetemp()]
    with Sandbox(folders=folders) as sandbox:
        yield sandbox


def put_up(sandbox: Sandbox, kata: Kata, text: str, search: Search) -> HeardBench:
    source = Source(kata.stub, text.encode())
    return HeardBench(sandbox, kata, source, kata.forbidden, kata.requires, search=search)


def grade(
    sandbox: Sandbox,
    kata: Kata,
    text: str,
    tests: list[tuple[Property, float]],
    recall: Recall,
    search: Search = Search(shrink=False),  # noqa: B008 frozen
    *,
    together: bool = False,
) -> list[PropertyResult]:
    bench = put_up(sandbox, kata, text, search)
    if together:
        results = recall.judge_all(tests, bench)
    else:
        results = tuple(recall.judge(test, bench, limit) for test, limit in tests)
    bench.close()
    # What is measured differs from run to run.
    return [replace(result, seconds=0.0, costs=()) for result in results]


@pytest.mark.parametrize("together", [False, True], ids=["each by itself", "in one worker"])
def test_a_submission_gets_what_it_would_get_alone(
    fast: Sandbox, echo: Kata, together: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kata.judge.CALL_SECONDS", 0.5)
    tests = verify.properties(echo)
    recall = Recall()
    assert {one.verdict for one in grade(fast, echo, RIGHT, tests, recall)} == {Verdict.ACCEPTED}
    verdicts = set()
    for text in ANSWERS:
        alone = grade(fast, echo, text, tests, Recall())
        assert grade(fast, echo, text, tests, recall, together=together) == alone, text
        verdicts |= {one.verdict for one in alone}
    assert len(verdicts) >= 7


KEEPS = {
    "a number of calls": "n = []\ndef echo(value):\n    n.append(1)\n    return len(n) < 30",
    "the number of its process": "import os\ndef echo(value):\n    return os.getpid()",
    "the order of a set of strings": "def echo(value):\n    return list(set('abcdefghi'))",
}


@pytest.mark.parametrize("text", KEEPS.values(), ids=KEEPS)
def test_what_an_answer_keeps_is_found_in_one_worker_too(
    fast: Sandbox, echo: Kata, text: str
) -> None:
    """As long as the task promises equal answers to equal calls; this grader asks for no more."""
    echo = replace(echo, repeatable=("echo",), steady=("echo",))
    echo.grader.write_text(
        "import hypothesis.strategies as st\n"
        "from kata.grading import given\n"
        + "".join(
            f"@given(value=st.integers())\ndef test_{name}(submission, value):\n"
            "    submission.echo(value)\n"
            for name in ("one", "two", "three")
        )
    )
    tests = verify.properties(echo)
    recall = Recall()
    grade(fast, echo, RIGHT, tests, recall)
    found = grade(fast, echo, text, tests, recall, together=True)
    assert {one.verdict for one in found} == {Verdict.WRONG_ANSWER}


def test_one_worker_tries_all_that_is_remembered_and_one_is_asked_again(
    fast: Sandbox, echo: Kata, monkeypatch: pytest.MonkeyPatch
) -> None:
    spawned = []
    spawn = Sandbox.spawn

    def counted(*arguments: Any) -> Worker:
        spawned.append(arguments)
        return spawn(*arguments)

    monkeypatch.setattr(Sandbox, "spawn", counted)
    echo = replace(echo, repeatable=("echo",))
    tests = [each for each in verify.properties(echo) if vars(each[0]).get("kata_searches")] * 5
    recall = Recall()
    grade(fast, echo, RIGHT, tests, recall)
    spawned.clear()
    grade(fast, echo, RIGHT, tests, recall, together=True)
    assert len(spawned) == 2


def test_examples_are_drawn_once_and_a_grader_cannot_spoil_them(fast: Sandbox, echo: Kata) -> None:
    echo.grader.write_text(
        "import hypothesis.strategies as st\n"
        "from kata.grading import assume, given, require\n"
        "drawn, tried = [], []\n"
        "def note(value):\n    drawn.append(value)\n    return value\n"
        "@given(value=st.lists(st.integers(0, 9), min_size=1).map(note))\n"
        "def test_echo_returns_its_argument(submission, value):\n"
        '    """echo(value) is value."""\n'
        "    assume(len(value) < 4)\n"
        "    tried.append(list(value))\n"
        "    require(submission.echo(value) == value, 'It is something else.')\n"
        "    value.clear()\n"
    )
    tests = verify.properties(echo)
    grader = vars(tests[0][0])["__wrapped__"].__globals__
    recall = Recall()
    grade(fast, echo, RIGHT, tests, recall)
    drawn, tried = len(grader["drawn"]), list(grader["tried"])
    (result,) = grade(fast, echo, RIGHT, tests, recall)
    assert (len(grader["drawn"]), grader["tried"]) == (drawn, tried * 2)
    assert result.verdict is Verdict.ACCEPTED
    assert len(tried) > 20
    # What is done after the search, or with what fails, is no reason to draw anew.
    grade(fast, echo, RIGHT, tests, recall, Search(shrink=True, recheck=False))
    assert (len(grader["drawn"]), grader["tried"]) == (drawn, tried * 3)


def test_another_seed_draws_anew(fast: Sandbox, echo: Kata) -> None:
    (test, limit), *_ = verify.properties(echo)
    recall = Recall()
    for seed in (1, 2):
        bench = HeardBench(
            fast,
            echo,
            Source(echo.stub, RIGHT.encode()),
            echo.forbidden,
            echo.requires,
            search=Search(seed, shrink=False),
        )
        recall.judge(test, bench, limit)
        bench.close()
    first, second = recall._examples.values()
    assert first != second


@pytest.mark.parametrize(
    "answer",
    [
        "kmeans/reference",
        "kmeans/rejected/goes_on_where_an_equal_call_stopped",
        "linear_regression/rejected/coef_leaves_out_constant_columns",
    ],
)
def test_the_same_is_so_of_a_real_grader(fast: Sandbox, answer: str) -> None:
    slug, _, name = answer.partition("/")
    kata = catalog.choose(catalog.find(ROOT), slug)
    searching = [each for each in verify.properties(kata) if vars(each[0]).get("kata_searches")]
    search = Search(shrink=False, most=3)
    recall = Recall()
    reference = (SOLUTIONS / slug / "reference.py").read_text()
    grade(fast, kata, reference, searching, recall, search)
    text = (SOLUTIONS / slug / f"{name}.py").read_text()
    bench = put_up(fast, kata, text, search)
    alone = [judge(test, bench, limit)[0] for test, limit in searching]
    bench.close()
    found = grade(fast, kata, text, searching, recall, search, together=True)
    assert found == [replace(result, seconds=0.0, costs=()) for result in alone]
