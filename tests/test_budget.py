"""Budgets and growth, driven with real workers; the costs are synthetic and far apart."""

from __future__ import annotations

import contextlib
import itertools
from typing import Any

import numpy as np
import pytest
from workbench import Kept

from kata import complexity, cost, stopwatch
from kata.complexity import Complexity
from kata.grading import Submission, budget, growth
from kata.judge import judge
from kata.proxy import Meter
from kata.rejection import TimeUp
from kata.verdict import Cost, PropertyResult, Verdict


def work(value: int) -> int:
    """The definition: as many additions as it is told."""
    total = 0
    for i in range(value):
        total += i
    return total


def _echo(submission: Submission, value: int) -> None:
    submission.echo(value)


def _fixed(rng: np.random.Generator) -> tuple[int]:
    return (40_000 + int(rng.integers(4_000)),)


def _sized(n: int, _rng: np.random.Generator) -> tuple[int]:
    return (n,)


def test_within_five_times_the_definition(submission: Submission) -> None:
    """It is quick."""
    budget(submission, _echo, definition=work, on=_fixed, times=5, usual=0.002)


def test_grows(submission: Submission) -> None:
    """It grows linearly."""
    growth(submission, _echo, definition=work, on=_sized, start=400, law="O(n)")


# They are properties, which pytest must not call with a fixture that does not exist here.
BUDGET, GROWTH = test_within_five_times_the_definition, test_grows
del test_within_five_times_the_definition, test_grows

AS_QUICK = """
    def echo(value):
        total = 0
        for i in range(value):
            total += i
        return total
"""
SLOW = """
    def echo(value):
        total = 0
        for i in range(50 * value):
            total += i
        return total
"""
QUADRATIC = """
    def echo(value):
        total = 0
        for i in range(value):
            for j in range(value // 4):
                total += j
        return total
"""


def judged(bench: Any, test: Any) -> PropertyResult:
    return judge(test, bench, 60.0)[0]


def test_as_much_work_as_the_definition_is_within_its_budget(bench: Kept) -> None:
    result = judged(bench(AS_QUICK), BUDGET)
    assert result.verdict is Verdict.ACCEPTED
    [found] = result.costs
    assert found.kind == "time"
    assert not found.is_over
    assert found.factor is not None


def test_fifty_times_the_work_is_over_and_its_line_is_told(bench: Kept) -> None:
    result = judged(bench(SLOW), BUDGET)
    assert result.verdict is Verdict.TIME_LIMIT_EXCEEDED
    assert result.failure is not None
    assert result.failure.line is not None
    assert result.failure.line.number in (4, 5)
    assert result.costs[0].words in result.failure.message


@pytest.mark.parametrize(
    "body",
    [
        "while value: value += 1",
        "try:\n        while value: value += 1\n    except BaseException: return value",
    ],
    ids=["left", "that catches everything"],
)
def test_a_profile_is_there_before_the_call_is(bench: Kept, body: str) -> None:
    kept = bench(f"def echo(value):\n    {body}\n")
    kept.call_seconds = 60.0
    line, advice = stopwatch._profile(kept, _echo, (1,))
    assert line is not None
    assert "while value" in line.text
    assert advice == "The line above takes 100% of the time."


def test_an_answer_kept_from_the_last_lap_does_not_help(bench: Kept) -> None:
    kept = "    import functools\n    @functools.cache" + SLOW
    assert judged(bench(kept), BUDGET).verdict is Verdict.TIME_LIMIT_EXCEEDED


def test_work_in_a_thread_counts(bench: Kept) -> None:
    threaded = SLOW.replace("def echo", "def slow") + (
        "\n    def echo(value):"
        "\n        import threading"
        "\n        thread = threading.Thread(target=slow, args=(value,))"
        "\n        thread.start(); thread.join()\n"
    )
    assert judged(bench(threaded), BUDGET).verdict is Verdict.TIME_LIMIT_EXCEEDED


def test_a_definition_that_fails_is_the_graders_fault(bench: Kept) -> None:
    def grader(submission: Submission) -> None:
        budget(submission, _echo, definition=work, on=lambda _: ("x",), times=5, usual=0.002)

    assert judged(bench("def echo(value): pass"), grader).verdict is Verdict.GRADER_ERROR


@pytest.mark.parametrize("prop", [BUDGET, GROWTH], ids=["budget", "growth"])
@pytest.mark.parametrize("still", [0, 1, 2, 3])
def test_a_run_for_which_no_processor_time_was_counted_is_no_lap(
    bench: Kept, monkeypatch: pytest.MonkeyPatch, prop: Any, still: int
) -> None:
    # The first reading before a run and that after it are the same, as of a virtual machine whose
    # host took the time: for the definition's first run, the answer's, and those that follow.
    run, runs = stopwatch._run, itertools.count()

    def losing(bench: Any, call: Any, arguments: Any, meter: Meter | None = None) -> Meter:
        done = run(bench, call, arguments, meter)
        if meter is None and next(runs) == still:
            done.seconds = 0.0
        return done

    monkeypatch.setattr(stopwatch, "_run", losing)
    assert judged(bench(AS_QUICK), prop).verdict is Verdict.ACCEPTED
    assert next(runs) > still


def test_a_property_that_times_nothing_is_the_graders_fault(bench: Kept) -> None:
    def test_nothing(submission: Submission) -> None:
        """It is quick."""
        budget(submission, lambda *_: None, definition=work, on=_fixed, times=5, usual=0.002)

    result = judged(bench(AS_QUICK), test_nothing)
    assert result.verdict is Verdict.GRADER_ERROR
    assert result.failure is not None
    assert "is a call made at all?" in result.failure.message


def test_a_nested_loop_is_found_by_counting_lines(bench: Kept) -> None:
    result = judged(bench(QUADRATIC), GROWTH)
    assert result.verdict is Verdict.TIME_LIMIT_EXCEEDED
    assert [found.kind for found in result.costs] == ["lines"]
    assert result.costs[0].spent == pytest.approx(2, abs=0.1)


def test_quadratic_memory_is_found_by_its_peak(bench: Kept) -> None:
    result = judged(bench("def echo(value): return len(bytearray(40 * value * value))"), GROWTH)
    assert result.verdict is Verdict.MEMORY_LIMIT_EXCEEDED
    assert "memory" in (result.failure.message if result.failure else "")


@pytest.mark.parametrize(("kind", "is_traced"), [("lines", False), ("memory", True), ("", False)])
def test_lines_are_counted_without_tracing_memory(bench: Kept, kind: str, is_traced: bool) -> None:
    """Else each line would allocate what is traced, which takes longer than either by itself."""
    one = bench("import tracemalloc\ndef echo(value): return tracemalloc.is_tracing()")
    one.start_property(10)
    one.meter = Meter(kind)
    assert Submission(one).echo(0) is is_traced


@pytest.mark.parametrize(("kind", "is_cut_off"), [("lines", False), ("memory", False), ("", True)])
def test_what_counting_takes_is_not_held_against_the_answer(
    bench: Kept, kind: str, is_cut_off: bool
) -> None:
    busy = """
        import time
        def echo(value):
            end = time.process_time() + value
            while time.process_time() < end: pass
    """
    one = bench(busy)
    one.start_property(10, call_seconds=0.2)
    one.meter = Meter(kind)
    with pytest.raises(TimeUp) if is_cut_off else contextlib.nullcontext():
        Submission(one).echo(0.4)
    assert is_cut_off or one.seconds_left > 9.7


def test_the_stated_complexity_is_compared_and_changes_no_verdict(bench: Kept) -> None:
    # Sizes at which the loop costs more than the call does in any case.
    def grader(submission: Submission) -> None:
        growth(submission, _echo, definition=work, on=_sized, start=200_000, law="O(n)")

    for stated, words in (("O(n)", "agrees"), ("O(n * n * n)", "says n^3"), ("n!", "cannot")):
        result = judged(bench(f"    COMPLEXITY = '{stated}'" + AS_QUICK), grader)
        assert result.verdict is Verdict.ACCEPTED
        assert [words in remark for remark in result.remarks] == [True]


POWERS = {
    "O(n * k * d)": 1,
    "n**2 + n * k": 2,
    "O(n * log(n))": 1,
    "k": 0,
    "O((n + k) * n)": 2,
}


@pytest.mark.parametrize(("text", "power"), POWERS.items())
def test_a_complexity_has_a_power(text: str, power: int) -> None:
    assert Complexity.parse(text).power("n") == power


@pytest.mark.parametrize(
    "text", ["", "O(", "n - 1", "f(n)", "n.real", "2 ** n", "n" * 500, "(" * 99, "n # \x1b[2J"]
)
def test_anything_else_is_no_complexity(text: str) -> None:
    with pytest.raises(complexity.Unclear):
        Complexity.parse(text)


def test_the_least_of_several_runs_counts() -> None:
    assert cost.share([9.0, 1.0, 9.0], [1.0, 5.0], 2.0) == 0.5
    assert cost.is_settled([9.0, 9.0], [1.0, 1.0], 2.0)
    assert not cost.is_settled([1.9] * 3, [1.0] * 3, 2.0)
    # Once is enough for what is clearly within the budget of a definition that is no trifle.
    assert cost.is_settled([0.6], [1.0], 2.0)
    assert not cost.is_settled([0.7], [1.0], 2.0)
    assert not cost.is_settled([0.03], [0.05], 2.0)
    # Once is enough for what is hopeless, unless it may have been the importing of something.
    assert cost.is_settled([9.0], [1.0], 2.0)
    assert not cost.is_settled([0.9], [0.1], 2.0)


def test_a_burst_of_a_neighbours_is_outlasted_before_an_answer_is_too_dear() -> None:
    # Ten times too dear, but for 9 ms only: the next laps may show otherwise.
    assert not cost.is_settled([0.003] * 3, [0.0001] * 3, 3.0)
    assert not cost.is_settled([0.003] * cost.MOST_LAPS, [0.0001] * cost.MOST_LAPS, 3.0)
    assert cost.is_settled([0.3] * 3, [0.01] * 3, 3.0)
    assert cost.is_settled([0.003] * cost.BURST_LAPS, [0.0001] * cost.BURST_LAPS, 3.0)
    # Nor is an answer near the bar, from the side that would be held against it.
    near = [0.0011] * cost.MOST_LAPS
    assert not cost.is_settled(near, [0.001] * cost.MOST_LAPS, 1.0)
    assert cost.is_settled(near, [0.001] * cost.MOST_LAPS, 1.2)

    def settled(scale: float, laps: int, grows: float) -> bool:
        return cost.is_growth_settled([[scale] * laps] * 3, grows, 1.5, 1.0)

    assert settled(0.001, cost.LEAST_LAPS, 1.0)
    assert not settled(0.001, cost.LEAST_LAPS, 2.67)
    assert not settled(0.001, cost.MOST_LAPS, 2.67)
    assert settled(0.001, cost.BURST_LAPS, 2.67)
    assert settled(0.1, cost.LEAST_LAPS, 2.67)
    assert not settled(0.1, cost.LEAST_LAPS, 1.4)
    assert settled(0.001, cost.MOST_LAPS, 1.4)
    # One lap is enough for what is slow and grows as it should.
    assert settled(1.0, 1, 1.0)
    assert not settled(0.1, 1, 1.0)
    assert not settled(1.0, 1, 1.2)
    assert not settled(0.001, cost.MOST_LAPS, 1.6)


def test_growth_is_held_against_an_answer_only_where_both_views_show_it() -> None:
    linear, square, flat = [[1.0], [2.0], [4.0]], [[1.0], [4.0], [16.0]], [[1.0], [1.0], [1.0]]
    assert cost.measured_power(square, linear, 1.0) == 2.0
    assert cost.measured_power(linear, flat, 1.0) == 1.0
    assert cost.measured_power(square, square, 1.0) == 1.0


def test_a_result_with_costs_travels() -> None:
    result = PropertyResult("t", "s", Verdict.ACCEPTED, costs=(Cost("time", 0.048, 0.21),))
    assert PropertyResult.from_plain(result.to_plain()) == result
    assert result.costs[0].words == "48 ms of 210 ms"
