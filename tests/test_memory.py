"""What failed last is tried first: what is remembered, for whom, and what it must not change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis.database import choices_to_bytes
from workbench import kata

from kata.catalog import Kata
from kata.grading import Submission, assume, calls_within, example, given, reject, require
from kata.judge import judge
from kata.memory import Memory
from kata.proxy import Search, set_up
from kata.sandbox import Sandbox
from kata.verdict import PropertyResult, Verdict

RIGHT = "def echo(value):\n    return value\n"
RARE = "def echo(value):\n    return 0 if value % 31 == 13 and value > 1000 else value\n"
RARER = "def echo(value):\n    note = 'another file'\n" + RARE.partition("\n")[2]
HANGS = "def echo(value):\n    while value % 31 == 13 and value > 1000: pass\n    return value\n"
NAME = "test_echo_returns_numbers"

Grade = Callable[..., PropertyResult]


@calls_within(1.5)
@given(value=st.integers(0, 1_000_000), examples=400)
def test_echo_returns_numbers(submission: Submission, value: int) -> None:
    """The property that these tests judge; pytest would find no fixture for it."""
    require(submission.echo(value) == value, "It is another.", returned=value)


PROPERTY = test_echo_returns_numbers
del test_echo_returns_numbers


@pytest.fixture
def grade(sandbox: Sandbox, echo: Kata, tmp_path: Path) -> Iterator[Grade]:
    """Grades the text of a submission by one property, with a memory or without."""
    benches = []

    def judged(source: str, *, seed: int = 0, remembers: bool = True) -> PropertyResult:
        echo.stub.write_text(source)
        search = Search(seed, memory=tmp_path / "memory" if remembers else None)
        benches.append(set_up(sandbox, echo, echo.stub, search))
        return judge(PROPERTY, benches[-1], 60.0)[0]

    yield judged
    for bench in benches:
        bench.close()


def input_of(result: PropertyResult) -> str:
    assert result.failure is not None
    return result.failure.call


def test_what_took_many_examples_to_find_is_the_first_one_the_next_time(grade: Grade) -> None:
    first, second = grade(RARE), grade(RARER)
    assert first.examples > 20
    # The example, and Hypothesis's second look at it.
    assert second.examples <= 2
    assert second.verdict is Verdict.WRONG_ANSWER
    assert input_of(second) == input_of(first)


def test_a_call_that_did_not_come_back_is_remembered(grade: Grade) -> None:
    first, second = grade(HANGS), grade(HANGS)
    assert first.verdict is second.verdict is Verdict.TIME_LIMIT_EXCEEDED
    assert second.examples == 1
    assert input_of(second) == input_of(first)


def test_a_mended_answer_is_searched_as_if_nothing_had_been_remembered(grade: Grade) -> None:
    fresh = grade(RIGHT, remembers=False)
    grade(RARE)
    mended = grade(RIGHT)
    assert mended.verdict is Verdict.ACCEPTED
    assert mended.examples == fresh.examples


def test_another_mistake_is_found_where_a_fresh_search_finds_it(grade: Grade) -> None:
    other = "def echo(value):\n    return 0 if value > 500_000 else value\n"
    fresh = grade(other, remembers=False)
    grade("def echo(value):\n    return 0 if value == 13 else value\n")
    found = grade(other)
    assert (input_of(found), found.examples) == (input_of(fresh), fresh.examples)


def test_a_mistake_that_comes_back_is_still_remembered(grade: Grade) -> None:
    first = grade(RARE)
    grade(RIGHT)
    assert input_of(grade(RARE, seed=7)) == input_of(first)
    assert grade(RARE, seed=7).examples <= 2


def test_without_a_memory_nothing_is_kept_and_the_search_is_the_same(
    grade: Grade, tmp_path: Path
) -> None:
    fresh = grade(RARE, remembers=False)
    assert not (tmp_path / "memory").exists()
    assert grade(RARE).examples == fresh.examples


def test_half_an_entry_and_one_of_another_kind_are_passed_over(
    grade: Grade, echo: Kata, tmp_path: Path
) -> None:
    memory = Memory(tmp_path / "memory" / echo.slug)
    memory.keep(NAME, choices_to_bytes(("text", b"bytes", 0.5)))
    assert grade(RIGHT).verdict is Verdict.ACCEPTED
    [entry] = memory.folder.iterdir()
    for size in (0, 5, 8, 12):
        entry.write_bytes(entry.read_bytes()[:size])
        assert memory.recall(NAME) is None


def test_a_remembered_example_that_the_property_no_longer_takes_is_passed_over(
    sandbox: Sandbox, echo: Kata, tmp_path: Path
) -> None:
    @given(value=st.integers(0, 9))
    @example(value=1)
    def prop(submission: Submission, value: int) -> None:
        assume(value != 7)
        if submission.echo(value) != value:
            reject("It is another.")

    echo.stub.write_text(RIGHT)
    bench = set_up(sandbox, echo, echo.stub, Search(memory=tmp_path))
    assert bench.memory is not None
    bench.memory.keep("prop", choices_to_bytes((7,)))
    result, _ = judge(prop, bench, 60.0)
    bench.close()
    assert result.verdict is Verdict.ACCEPTED


def test_a_memory_that_cannot_be_written_to_costs_no_verdict(grade: Grade, tmp_path: Path) -> None:
    (tmp_path / "memory").write_text("in the way")
    assert grade(RARE).verdict is Verdict.WRONG_ANSWER


# --- The command -------------------------------------------------------------------------------

SHORT = "def echo(value):\n    return value[:4]\n"


def kept(repository: Path) -> list[Path]:
    return list((repository / ".kata").glob("*/*.choices"))


def test_a_check_of_ones_own_file_remembers(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    (repository / "exercises/echo/echo.py").write_text(SHORT)
    shown = [kata("check", "echo", cwd=repository).stdout for _ in range(2)]
    assert len(kept(repository)) == 1
    assert "echo([0, 0, 0, 0, 0])" in shown[0]
    assert "echo([0, 0, 0, 0, 0])" in shown[1]


@pytest.mark.parametrize(
    ("options", "ci"),
    [
        (["--seed", "0"], ""),
        (["--examples", "60"], ""),
        (["--format", "json"], ""),
        (["--file", "exercises/echo/echo.py"], ""),
        ([], "true"),
    ],
    ids=["seed", "examples", "json", "file", "CI"],
)
def test_where_only_the_code_may_count_nothing_is_remembered(
    repository: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], ci: str
) -> None:
    monkeypatch.setenv("CI", ci)
    (repository / "exercises/echo/echo.py").write_text(SHORT)
    kata("check", "echo", *options, cwd=repository)
    assert not kept(repository)


def test_the_json_document_does_not_depend_on_what_is_remembered(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    (repository / "exercises/echo/echo.py").write_text(SHORT)

    def document() -> object:
        text = kata("check", "echo", "--format", "json", cwd=repository).stdout
        found = json.loads(text)["katas"][0]
        return [{**prop, "seconds": 0} for prop in found["properties"]]

    before = document()
    kata("check", "echo", cwd=repository)
    assert kept(repository)
    assert document() == before
