"""The checks that graders make, and the search for the smallest example."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable

import hypothesis.strategies as st
import numpy as np
import pytest
from workbench import Kept

from kata import grading, wire
from kata.budget import DEATH_EXAMPLES, SHRINK_EXAMPLES
from kata.grading import Submission, example, given
from kata.judge import judge, sentence
from kata.proxy import Bench, Search
from kata.rejection import Rejected
from kata.verdict import PropertyResult, Verdict

ARRAY = np.array([[1.0, 2.0], [3.0, 4.0]])

REFUSED = {
    "a list": ([1.0], "x is a list, not a NumPy array."),
    "None": (None, "x is None, not a NumPy array."),
    "a value that stayed behind": (wire.Opaque("generator", "<...>"), "x is a generator, not a"),
    "another shape": (np.ones((2, 3)), "x has the shape (2, 3), not (2, 2)."),
    "one dimension less": (np.ones(2), "x has the shape (2,), not (2, 2)."),
    "integers": (np.ones((2, 2), dtype=int), "x has the dtype int64."),
    "NaN": (np.array([[1.0, 2.0], [np.nan, 0.0]]), "x[1, 0] is nan: every value must be finite."),
    "infinity": (np.array([[np.inf, 2.0], [1.0, 0.0]]), "x[0, 0] is inf: every value must be"),
}


@pytest.mark.parametrize(("value", "message"), REFUSED.values(), ids=REFUSED)
def test_an_array_is_refused_for_what_is_wrong_with_it(value: object, message: str) -> None:
    with pytest.raises(Rejected) as caught:
        grading.array(value, name="x", shape=(2, 2), kind="float")
    assert caught.value.failure.message.startswith(message)
    assert caught.value.verdict is Verdict.WRONG_ANSWER


def test_a_fitting_array_is_returned_as_it_is() -> None:
    assert grading.array(ARRAY, name="x", shape=(2, None), kind="float") is ARRAY


def test_a_dtype_can_be_asked_for_exactly() -> None:
    single = ARRAY.astype(np.float32)
    grading.array(single, name="x", shape=(2, 2), kind="float")
    with pytest.raises(Rejected, match="x has the dtype float32"):
        grading.array(single, name="x", shape=(2, 2), kind="float", dtype=np.float64)


@pytest.mark.parametrize("value", [1.5, np.float64(1.5), np.float32(1.5)])
def test_a_float_is_a_number(value: object) -> None:
    assert grading.number(value, name="x") == 1.5


@pytest.mark.parametrize("value", [1, True, "1.5", np.array(1.5), np.array([1.5]), np.nan, None])
def test_nothing_else_is_a_number(value: object) -> None:
    with pytest.raises(Rejected):
        grading.number(value, name="x")


def test_close_names_the_worst_element_and_what_rounding_explains() -> None:
    with pytest.raises(
        Rejected, match=r"x\[1, 0\] is off by 2; rounding explains 1e-09\. Why\."
    ) as e:
        grading.close(ARRAY + [[0, 0], [2, 1e-12]], ARRAY, within=1e-9, name="x", because="Why.")
    assert (e.value.failure.returned, e.value.failure.expected) == (
        "[[1, 2], [5, 4]]",
        "[[1, 2], [3, 4]]",
    )


def test_close_shows_the_digits_that_differ() -> None:
    with pytest.raises(Rejected) as caught:
        grading.close(1.0000000001, 1.0, within=0.0, name="x")
    assert caught.value.failure.returned == "1.0000000001"


def test_close_takes_a_nan_for_too_far_away() -> None:
    with pytest.raises(Rejected):
        grading.close(np.array([np.nan]), np.array([1.0]), within=1e9, name="x")


@pytest.mark.parametrize(
    "other",
    [ARRAY.astype(np.float32), ARRAY.T, ARRAY.tolist(), ARRAY + [[0, 0], [0, 1e-15]], -ARRAY],
    ids=["dtype", "order", "type", "last bit", "sign"],
)
def test_answers_are_the_same_only_to_the_last_bit(other: object) -> None:
    grading.same_answer(ARRAY, ARRAY.copy(), name="x", because="")
    with pytest.raises(Rejected, match="x differs between two equal calls"):
        grading.same_answer(ARRAY, other, name="x", because="")


@pytest.mark.parametrize("value", [[1, 2], (1,), (1, 2, 3), None])
def test_a_pair_is_a_tuple_of_two(value: object) -> None:
    assert grading.pair((1, 2), name="x") == (1, 2)
    with pytest.raises(Rejected):
        grading.pair(value, name="x")


def test_raises_is_content_with_a_derived_exception(bench: Kept) -> None:
    kept = bench("import numpy\ndef echo(v): raise numpy.linalg.LinAlgError('x')")
    with grading.raises(ValueError, "v is wrong"):
        Submission(kept).echo(1)


def test_raises_rejects_another_exception_and_none_at_all(bench: Kept) -> None:
    kept = bench("def echo(v):\n    if v: raise KeyError('x')")
    for value, message in ((1, "echo raised KeyError: 'x'. It must"), (0, "It must raise ValueEr")):
        with pytest.raises(Rejected) as caught, grading.raises(ValueError, "v is wrong"):
            Submission(kept).echo(value)
        assert caught.value.failure.message.startswith(message)
        assert caught.value.verdict is Verdict.WRONG_ANSWER


def run(test: Callable[[Submission], None], kept: Bench) -> PropertyResult:
    return judge(test, kept, 10.0)[0]


@given(value=st.integers(0, 10**6))
def test_below_a_hundred(submission: Submission, value: int) -> None:
    """Echo gives the value back, whatever the value is, and this sentence ends on another line of
    the docstring.

    This is not for the learner.
    """
    grading.require(submission.echo(value) == value, "It is something else.")


PROPERTY = test_below_a_hundred
del test_below_a_hundred  # or pytest would collect it here


def test_the_sentence_is_the_docstrings_first_paragraph() -> None:
    assert sentence(PROPERTY) == (
        "Echo gives the value back, whatever the value is, and this sentence ends on another line "
        "of the docstring."
    )


def test_the_smallest_failing_example_is_found(bench: Kept) -> None:
    result = run(PROPERTY, bench("def echo(value): return min(value, 99)"))
    assert result.verdict is Verdict.WRONG_ANSWER
    assert result.failure is not None
    assert result.failure.call == "echo(100)"


def test_the_search_is_the_same_however_many_modules_are_loaded(bench: Kept) -> None:
    """Hypothesis would read constants out of any module that lies outside of site-packages."""
    kept = bench(
        "seen = []\ndef echo(value): seen.append(value); return value\ndef all(): return seen"
    )

    def drawn() -> list[int]:
        values: list[int] = []

        @given(value=st.integers(0, 10**6))
        def test_draws(submission: Submission, value: int) -> None:
            values.append(value)

        run(test_draws, kept)
        return values

    before = drawn()
    module = types.ModuleType("constants_galore")
    module.__file__ = __file__
    sys.modules["constants_galore"] = module
    try:
        assert drawn() == before
    finally:
        del sys.modules["constants_galore"]
    assert len(set(before)) > 10


def test_another_seed_draws_other_examples(bench: Kept) -> None:
    kept = bench("def echo(value): return value")

    def drawn(seed: int) -> list[int]:
        values: list[int] = []

        @given(value=st.integers(0, 10**6))
        def test_draws(submission: Submission, value: int) -> None:
            values.append(value)

        kept.search = Search(seed=seed, examples=20)
        run(test_draws, kept)
        return values

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    assert len(drawn(1)) == 20


def test_curated_examples_come_first_and_in_their_order(bench: Kept) -> None:
    values: list[int] = []

    @given(value=st.integers())
    @example(value=7)
    @example(value=5)
    def test_order(submission: Submission, value: int) -> None:
        values.append(value)

    run(test_order, bench("def echo(v): return v"))
    assert values[:2] == [7, 5]


def test_an_answer_that_changes_is_told_as_such(bench: Kept) -> None:
    kept = bench(
        "n = 0\ndef echo(value):\n    global n\n    n += 1\n    return 0 if n == 5 else value"
    )
    result = run(PROPERTY, kept)
    assert result.verdict is Verdict.WRONG_ANSWER
    assert result.failure is not None
    assert "The same call went well at another time." in result.failure.message


def test_shrinking_ends_after_so_many_examples(bench: Kept) -> None:
    calls = 0

    @given(value=st.lists(st.integers(0, 10**9), min_size=60))
    def test_long(submission: Submission, value: list[int]) -> None:
        nonlocal calls
        calls += 1
        grading.require(sum(value) < 10, "It is too much.")

    result = run(test_long, bench("def echo(v): return v"))
    assert result.verdict is Verdict.WRONG_ANSWER
    assert calls <= SHRINK_EXAMPLES + 60


def test_shrinking_a_crash_ends_after_fewer_examples(bench: Kept) -> None:
    kept = bench("import os\ndef echo(value): os.abort() if sum(value) > 10 else value")

    @given(value=st.lists(st.integers(0, 10**9), min_size=60))
    def test_long(submission: Submission, value: list[int]) -> None:
        submission.echo(value)

    result = run(test_long, kept)
    assert result.verdict is Verdict.RUNTIME_ERROR
    assert result.examples <= SHRINK_EXAMPLES // DEATH_EXAMPLES + 60


def test_shrinking_ends_when_calls_have_taken_so_long(
    bench: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = bench("import time\ndef echo(value):\n    time.sleep(0.005)\n    return 0")
    monkeypatch.setattr(grading, "SHRINK_CALL_SECONDS", 0.02)

    @given(value=st.lists(st.integers(1, 10**9), min_size=60))
    def test_long(submission: Submission, value: list[int]) -> None:
        grading.require(submission.echo(value) == value, "It is another.")

    # The failure, at most five examples by those 20 ms, and the one that finds out.
    assert run(test_long, kept).examples <= 7


def test_a_hang_is_not_tried_again(bench: Kept) -> None:
    kept = bench("import time\ndef echo(value): time.sleep(3600)")

    @grading.calls_within(0.3)
    @given(value=st.integers())
    def test_hang(submission: Submission, value: int) -> None:
        submission.echo(value)

    result = run(test_hang, kept)
    assert result.verdict is Verdict.TIME_LIMIT_EXCEEDED
    assert result.examples == 1


def test_after_a_hang_the_other_properties_wait_half_as_long(bench: Kept) -> None:
    kept = bench("import time\ndef echo(value): time.sleep(3600)")

    @grading.calls_within(0.4)
    def test_hang(submission: Submission) -> None:
        submission.echo(1)

    messages = [run(test_hang, kept).failure for _ in range(2)]
    assert [failure and failure.message for failure in messages] == [
        "echo had not come back after 0.4 s.",
        "echo had not come back after 0.2 s.",
    ]


def test_a_bare_assert_is_the_graders_fault(bench: Kept) -> None:
    def test_bare(submission: Submission) -> None:
        assert submission.echo(1) == 2

    result = run(test_bare, bench("def echo(v): return v"))
    assert result.verdict is Verdict.GRADER_ERROR
    assert result.failure is not None
    assert result.failure.line is None or result.failure.line.number


def test_a_health_check_is_the_graders_fault(bench: Kept) -> None:
    @given(value=st.integers().filter(lambda n: n > 10**9 and n % 977 == 0))
    def test_picky(submission: Submission, value: int) -> None:
        submission.echo(value)

    assert run(test_picky, bench("def echo(v): return v")).verdict is Verdict.GRADER_ERROR


def test_an_object_is_no_answer_that_could_be_compared(bench: Kept) -> None:
    def test_same(submission: Submission) -> None:
        grading.same_answer(submission.echo(1), submission.echo(1), name="echo", because="")

    result = run(test_same, bench("class A: pass\ndef echo(v): return A()"))
    assert result.verdict is Verdict.WRONG_ANSWER
    assert result.failure is not None
    assert "an object that cannot be compared" in result.failure.message


@pytest.mark.parametrize("answer", ["10**5000", "[10**5000]", "type('', (), {})()"])
def test_an_answer_that_is_hard_to_tell_of_is_a_wrong_one(bench: Kept, answer: str) -> None:
    def test_pair(submission: Submission) -> None:
        grading.pair(submission.echo(1), name="The answer")

    assert run(test_pair, bench(f"def echo(v): return {answer}")).verdict is Verdict.WRONG_ANSWER


def test_a_value_that_is_changed_when_it_is_set_is_shown(bench: Kept) -> None:
    def test_set(submission: Submission) -> None:
        model = submission.Model()
        model.params = [3, 1, 2]
        grading.unchanged(submission)

    source = """
        class Model:
            def __setattr__(self, name, value): value.sort()
        """
    result = run(test_set, bench(source))
    assert result.verdict is Verdict.WRONG_ANSWER
    assert result.failure is not None
    assert "params changed" in result.failure.message


def test_a_changed_argument_is_named_and_shown(bench: Kept) -> None:
    @given(value=st.just([3, 1, 2]))
    def test_unchanged(submission: Submission, value: list[int]) -> None:
        submission.echo(value)
        grading.unchanged(submission)

    result = run(test_unchanged, bench("def echo(things): things.sort(); return things"))
    assert result.failure is not None
    assert result.failure.message == "echo changed its argument things."
    assert (result.failure.returned, result.failure.expected) == ("[1, 2, 3]", "[3, 1, 2]")
