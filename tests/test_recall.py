"""Examples that are tried again: the results are those of a search of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from workbench import ROOT

from kata import catalog, verify
from kata.catalog import Kata
from kata.judge import judge
from kata.proxy import Search
from kata.recall import HeardBench, Property, Recall
from kata.sandbox import Sandbox
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


def grade(
    sandbox: Sandbox,
    kata: Kata,
    text: str,
    tests: list[tuple[Property, float]],
    recall: Recall,
    search: Search = Search(shrink=False),  # noqa: B008 frozen
) -> list[PropertyResult]:
    bench = HeardBench(
        sandbox,
        kata,
        Source(kata.stub, text.encode()),
        kata.forbidden,
        kata.requires,
        search=search,
    )
    results = [recall.judge(test, bench, limit) for test, limit in tests]
    bench.close()
    # What is measured differs from run to run.
    return [replace(result, seconds=0.0, costs=()) for result in results]


def test_a_submission_gets_what_it_would_get_alone(fast: Sandbox, echo: Kata) -> None:
    tests = verify.properties(echo)
    recall = Recall()
    assert {one.verdict for one in grade(fast, echo, RIGHT, tests, recall)} == {Verdict.ACCEPTED}
    verdicts = set()
    for text in ANSWERS:
        alone = grade(fast, echo, text, tests, Recall())
        assert grade(fast, echo, text, tests, recall) == alone, text
        verdicts |= {one.verdict for one in alone}
    assert len(verdicts) >= 7


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


@pytest.mark.parametrize("answer", ["reference", "rejected/as_many_clusters_as_rows_refused"])
def test_the_same_is_so_of_a_real_grader(fast: Sandbox, answer: str) -> None:
    kmeans = catalog.choose(catalog.find(ROOT), "kmeans")
    searching = [each for each in verify.properties(kmeans) if vars(each[0]).get("kata_searches")][
        :6
    ]
    text = (kmeans.solutions / f"{answer}.py").read_text()
    recall = Recall()
    right = (kmeans.solutions / "accepted/plain_python_lists.py").read_text()
    grade(fast, kmeans, right, searching, recall)
    alone = [
        judge(test, bench, limit)[0]
        for test, limit in searching
        for bench in [
            HeardBench(
                fast,
                kmeans,
                Source(kmeans.stub, text.encode()),
                kmeans.forbidden,
                kmeans.requires,
                search=Search(shrink=False),
            )
        ]
    ]
    found = grade(fast, kmeans, text, searching, recall)
    assert found == [replace(result, seconds=0.0, costs=()) for result in alone]
