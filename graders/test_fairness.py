"""What group rates and the three fairness measures must satisfy, counted out in fractions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from kata.grading import (
    Submission,
    budget,
    close,
    example,
    given,
    raises,
    reject,
    require,
    same_answer,
    unchanged,
)

Array = np.ndarray[Any, Any]
Rates = list[list[Fraction | None]]
EPS = float(np.finfo(float).eps)

COLUMNS = ("selection rate", "true positive rate", "false positive rate")
DEMOGRAPHIC_PARITY = "demographic_parity_difference"
DISPARATE_IMPACT = "disparate_impact"
EQUALISED_ODDS = "equalised_odds_difference"
MEASURES = (DEMOGRAPHIC_PARITY, DISPARATE_IMPACT, EQUALISED_ODDS)


@dataclass(frozen=True)
class Audit:
    """The three arguments that both functions take."""

    y_true: Array
    y_pred: Array
    groups: Array

    @property
    def arguments(self) -> tuple[Array, Array, Array]:
        """The arrays in the order in which they are passed."""
        return self.y_true, self.y_pred, self.groups


def audit(people: str, groups: list[Any] | None = None) -> Audit:
    """People such as "a10 b00", each a group, the right answer and the given one."""
    words = people.split()
    names = [word[0] for word in words] if groups is None else groups
    return Audit(
        np.array([int(word[1]) for word in words]),
        np.array([int(word[2]) for word in words]),
        np.array(names),
    )


# The definitions.


def share(chosen: list[int]) -> Fraction | None:
    """The share of ones, which has no value where there is nobody."""
    return Fraction(sum(chosen), len(chosen)) if chosen else None


def rates_of(case: Audit) -> Rates:
    """The three rates of each group, groups in ascending order."""
    rows = list(zip(*(values.tolist() for values in case.arguments), strict=True))
    people = [(int(truth), int(said), group) for truth, said, group in rows]
    return [
        [
            share([said for _, said, of in people if of == group]),
            share([said for truth, said, of in people if of == group and truth == 1]),
            share([said for truth, said, of in people if of == group and truth == 0]),
        ]
        for group in sorted({group for _, _, group in people})
    ]


def gap(rates: list[Fraction | None]) -> Fraction | None:
    """Highest less lowest of the rates that have a value, if two have."""
    known = [rate for rate in rates if rate is not None]
    return max(known) - min(known) if len(known) > 1 else None


def gaps_of(case: Audit) -> list[Fraction | None]:
    """The gaps between the true and between the false positive rates."""
    _, true_positive, false_positive = (list(rates) for rates in zip(*rates_of(case), strict=True))
    return [gap(true_positive), gap(false_positive)]


def measures_of(case: Audit) -> dict[str, Fraction | None]:
    """The three measures; None stands for NaN."""
    selection = [rates[0] for rates in rates_of(case)]
    known = [rate for rate in selection if rate is not None]
    return {
        DEMOGRAPHIC_PARITY: gap(selection),
        DISPARATE_IMPACT: min(known) / max(known) if max(known) else None,
        EQUALISED_ODDS: max((one for one in gaps_of(case) if one is not None), default=None),
    }


# What an answer says, and how it compares with the definition.


def table(submission: Submission, case: Audit) -> Array:
    """The answer of group_rates, checked for its shape.

    A list of lists will do: of which type it has to be is a property of its own.
    """
    rates = submission.group_rates(*case.arguments)
    rows = rates.tolist() if isinstance(rates, np.ndarray) else rates
    shape = (len(np.unique(case.groups)), 3)
    if not (
        isinstance(rows, list)
        and len(rows) == shape[0]
        and all(isinstance(row, list) and len(row) == shape[1] for row in rows)
        and all(isinstance(rate, float) for row in rows for rate in row)
    ):
        reject(
            "group_rates does not return three floats for each group.",
            returned=rates,
            expected=f"a float64 array of shape {shape}",
        )
    return np.array(rows)


def report(submission: Submission, case: Audit) -> dict[str, float]:
    """The answer of fairness, checked for its type, its keys and the types of its values."""
    got = submission.fairness(*case.arguments)
    if not isinstance(got, dict) or set(got) != set(MEASURES):
        reject(
            "fairness does not return a dict with the three keys.",
            returned=got,
            expected=", ".join(MEASURES),
        )
    for name in MEASURES:
        # np.float64 is a float; float32 and Python's integers are not.
        require(
            isinstance(got[name], float),
            f"{name} is a {type(got[name]).__name__}, not a float.",
            returned=got,
        )
    return {name: float(got[name]) for name in MEASURES}


def rounding(case: Audit) -> float:
    """How far off a rate, or a difference or ratio of two, may be.

    A rate is at most n numbers of at most 1 added up and divided, in whatever order; none of its
    roundings is larger than EPS / 2. A difference and a ratio (the smaller by the larger) have two.
    """
    return 2 * (len(case.groups) + 4) * EPS


def check_value(got: float, want: Fraction | None, case: Audit, name: str, because: str) -> None:
    """Check one number, NaN where it is undefined."""
    if want is None or math.isnan(got):
        require(
            want is None and math.isnan(got),
            f"{name} is {got}. {because}",
            returned=f"{got}",
            expected="nan" if want is None else f"{want} = {float(want):.4g}",
        )
        return
    close(got, float(want), within=rounding(case), name=name, because=because)


def check_column(submission: Submission, case: Audit, column: int, because: str) -> None:
    """Check one rate of every group."""
    rates = table(submission, case)
    for row, want in enumerate(rates_of(case)):
        where = f"The {COLUMNS[column]} of group {np.unique(case.groups)[row].item()!r}"
        check_value(float(rates[row, column]), want[column], case, where, because)


def check_measure(submission: Submission, case: Audit, name: str, because: str) -> None:
    """Check one measure of the report."""
    want = measures_of(case)[name]
    check_value(report(submission, case)[name], want, case, name, because)


# Inputs.

# Floats cannot tell the first two apart, nor narrow integers the others.
LARGE = (2**60, 2**60 + 1, 7, -3, 300)
# The ends of int64: the greatest less the least is more than it holds.
EXTREME = (-(2**63), 2**63 - 1, 0, 2**62, -1)
# Not all the numbers from the least to the greatest.
SMALL = (0, 2, -1, 3, 5)
WORDS = ("b", "a", "B", "a group with a long name", "a group with a longer name")
ODD_WORDS = ("", "10", "9", "a", "a ", "é", "nan")
NAMES: list[tuple[Any, ...]] = [LARGE, EXTREME, SMALL, WORDS, ODD_WORDS]
KINDS = (np.int64, np.int64, np.float64, np.bool_, np.int8, np.uint8, np.int16, np.uint64)


@st.composite
def audits(draw: st.DrawFn, most: int = 12) -> Audit:
    """A few people of two groups or more, in any order, with labels of any of the dtypes."""
    n = draw(st.integers(2, most))
    names = draw(st.permutations(draw(st.sampled_from(NAMES))))[: draw(st.integers(2, min(n, 5)))]
    groups = [*names, *draw(st.lists(st.sampled_from(names), min_size=n, max_size=n))][:n]
    groups = draw(st.permutations(groups))
    # Rarely even: a group without a one, or without a zero, is to be met often.
    ones = st.sampled_from(draw(st.sampled_from([(0, 1), (0, 0, 0, 1), (1, 1, 1, 0), (0,), (1,)])))
    drawn = st.lists(ones, min_size=n, max_size=n)
    y_true: Array = np.array(draw(drawn), dtype=draw(st.sampled_from(KINDS)))
    said = st.lists(st.integers(0, 1), min_size=n, max_size=n)
    y_pred: Array = np.array(draw(st.one_of(said, drawn)), dtype=draw(st.sampled_from(KINDS)))
    return Audit(y_true, y_pred, np.array(groups))


PLAIN = audit("a11 a10 a00 b11 b01 b00 b01")
UNSORTED = audit("c11 a10 c01 b11 a01 c00", [12, -3, 12, 7, -3, 12])
NOBODY_SELECTED = audit("a10 a00 b10 b00")
LONG_NAMES = audit("a11 b10 a00 b01", ["people in the north", "people in the south"] * 2)
LARGE_NUMBERS = audit("a11 b10 a00 b01", [2**60, 2**60 + 1, 2**60, 2**60 + 1])
# b has no positives, so that only a and c have a true positive rate.
NO_POSITIVES_IN_B = audit("a11 a00 a01 b00 b00 c10 c11 c11 c01")
# Only a has positives, and only b has negatives: there is nothing to compare.
NO_GAP = audit("a11 a10 b00 b01")
# One group alone has a true positive rate; the false positive rates are 1/2 and 0.
ONE_GAP = audit("a11 a01 a00 b00 b00")
# b has no positives and c no negatives; both gaps are 1.
EQUAL_GAPS = audit("a11 a00 b01 c10")
SMALLER_GAPS = audit("a11 a10 a00 b11 b10 b11 b10 b01 b00 b00")
NARROW = Audit(
    np.array([1] * 150 + [0] * 150, dtype=np.uint8),
    np.array([1] * 300, dtype=np.int8),
    np.array([0, 1] * 150),
)
# 300 positives in each group, more than a uint8 can count. All shares are 1/2.
MANY_POSITIVES = Audit(
    np.array([1] * 600 + [0] * 4, dtype=np.uint8),
    np.array([1, 1, 0, 0] * 151, dtype=np.uint8),
    np.array([0, 1] * 302),
)
# NumPy has no integer type for these two together.
UNSIGNED = Audit(
    np.array([1, 0, 1, 0], dtype=np.uint64), np.array([1, 1, 0, 0]), np.array([0, 0, 1, 1])
)
BOOLEAN = Audit(
    np.array([True, False, True, False]),
    np.array([True, True, False, False]),
    np.array(["x", "x", "y", "y"]),
)


def crowd_of(cells: tuple[int, int, int, int], kind: type[np.generic]) -> Audit:
    """A group of so many people of each kind, between eight of another, with labels of a dtype."""
    kinds = ("a11 ", "a10 ", "a01 ", "a00 ")
    many = "".join(word * times for word, times in zip(kinds, cells, strict=True))
    case = audit(f"b11 b10 b10 b01 {many} b00 b00 b00 b11")
    return Audit(case.y_true.astype(kind), case.y_pred.astype(kind), case.groups)


def crowds() -> st.SearchStrategy[Audit]:
    """Audits with a group in which each of the four counts may be more than a byte can hold."""
    cell = st.integers(100, 400)
    return st.builds(
        crowd_of, st.tuples(cell, cell, cell, cell), st.sampled_from([np.int8, np.uint8])
    )


# All counts and their sums are more than an int8 can hold, or a uint8.
CROWD_OF_INT8 = crowd_of((200, 130, 150, 140), np.int8)
CROWD_OF_UINT8 = crowd_of((300, 270, 280, 290), np.uint8)


@given(case=audits(), examples=25)
@example(case=PLAIN)
@example(case=UNSORTED)
@example(case=BOOLEAN)
@example(case=LONG_NAMES)
@example(case=LARGE_NUMBERS)
@example(case=audit("a11 a10 b01 b00", [0, 0, 2, 2]))
@example(case=audit("a11 a10 b01 b00", [1, 1, 3, 3]))
@example(case=audit("a11 b10 a00 b01", [-(2**63), 2**63 - 1] * 2))
def test_group_rates_is_a_table_of_three_rates_for_each_group(
    submission: Submission, case: Audit
) -> None:
    """group_rates returns float64 of shape (g, 3); each entry is NaN or between 0 and 1."""
    rates = submission.group_rates(*case.arguments)
    shape = (len(np.unique(case.groups)), 3)
    wanted = f"a float64 array of shape {shape}"
    if not isinstance(rates, np.ndarray):
        reject("group_rates returns no NumPy array.", returned=rates, expected=wanted)
    if rates.shape != shape or rates.dtype != np.float64:
        reject(
            f"group_rates returns an array of shape {rates.shape} and dtype {rates.dtype}.",
            returned=rates,
            expected=wanted,
        )
    wrong = np.argwhere(~(np.isnan(rates) | ((rates >= 0) & (rates <= 1 + rounding(case)))))
    if len(wrong):
        row, column = (int(at) for at in wrong[0])
        reject(
            f"Entry [{row}, {column}], a {COLUMNS[column]}, is {rates[row, column]}.",
            returned=rates,
            expected="shares between 0 and 1",
        )


@given(case=st.one_of(audits(), audits(), audits(), crowds()), examples=30)
@example(case=audit("a11 a10 b11"))
@example(case=PLAIN)
@example(case=UNSORTED)
@example(case=audit("B11 a00 b10 B01 a01"))
@example(case=NARROW)
@example(case=audit("a11 b10 c01 d00", ["", "a", "a ", "é"]))
@example(case=audit("a11 b10", ["10", "9"]))
@example(case=audit("a11 b10", ["nan", "b"]))
@example(case=audit("a11 b10 c01", [-1, 0, 2]))
@example(case=CROWD_OF_INT8)
@example(case=CROWD_OF_UINT8)
def test_the_selection_rate_is_the_share_of_predicted_ones(
    submission: Submission, case: Audit
) -> None:
    """Column 0 is the share of y_pred = 1 in each group, groups in ascending order."""
    check_column(submission, case, 0, "The share of y_pred = 1 among its rows is expected.")


@given(case=st.one_of(audits(), audits(), audits(), crowds()), examples=30)
@example(case=audit("a11 a10 a01 b11"))
@example(case=PLAIN)
@example(case=BOOLEAN)
@example(case=NARROW)
@example(case=MANY_POSITIVES)
@example(case=NO_POSITIVES_IN_B)
@example(case=CROWD_OF_INT8)
@example(case=CROWD_OF_UINT8)
def test_the_true_positive_rate_is_a_share_of_the_positives(
    submission: Submission, case: Audit
) -> None:
    """Column 1 is the share of y_pred = 1 among a group's y_true = 1, NaN where there are none."""
    because = "The share of y_pred = 1 among its rows with y_true = 1 is expected."
    check_column(submission, case, 1, because)


@given(case=st.one_of(audits(), audits(), audits(), crowds()), examples=30)
@example(case=audit("a11 a01 a00 b00"))
@example(case=PLAIN)
@example(case=BOOLEAN)
@example(case=NARROW)
@example(case=UNSIGNED)
@example(case=audit("a11 a10 b00 b01"))
@example(case=CROWD_OF_INT8)
@example(case=CROWD_OF_UINT8)
def test_the_false_positive_rate_is_a_share_of_the_negatives(
    submission: Submission, case: Audit
) -> None:
    """Column 2 is the share of y_pred = 1 among a group's y_true = 0, NaN where there are none."""
    because = "The share of y_pred = 1 among its rows with y_true = 0 is expected."
    check_column(submission, case, 2, because)


@given(case=st.one_of(audits(), audits(), audits(), crowds()), examples=30)
@example(case=audit("a11 b10"))
@example(case=PLAIN)
@example(case=audit("a11 a00 b11 b01 c10 c00 c01"))
@example(case=NOBODY_SELECTED)
@example(case=CROWD_OF_INT8)
@example(case=CROWD_OF_UINT8)
def test_demographic_parity_is_the_gap_between_selection_rates(
    submission: Submission, case: Audit
) -> None:
    """demographic_parity_difference is the highest selection rate less the lowest."""
    because = "The highest selection rate less the lowest is expected."
    check_measure(submission, case, DEMOGRAPHIC_PARITY, because)


@given(case=st.one_of(audits(), audits(), audits(), crowds()), examples=30)
@example(case=audit("a11 a10 b11"))
@example(case=audit("a11 b11 b10"))
@example(case=audit("a11 b10"))
@example(case=audit("a11 a00 b11 b01 c10 c00 c01"))
@example(case=NOBODY_SELECTED)
@example(case=CROWD_OF_INT8)
@example(case=CROWD_OF_UINT8)
def test_disparate_impact_is_the_lowest_selection_rate_by_the_highest(
    submission: Submission, case: Audit
) -> None:
    """disparate_impact is the lowest selection rate by the highest, NaN if nobody is selected."""
    because = "The lowest selection rate by the highest, or NaN if that is 0, is expected."
    check_measure(submission, case, DISPARATE_IMPACT, because)


@st.composite
def complete(draw: st.DrawFn) -> Audit:
    """An audit in which every group has positives and negatives, so that no rate is undefined."""
    case = draw(audits(most=10))
    names = np.unique(case.groups)
    return Audit(
        np.concatenate([case.y_true.astype(int), np.repeat([0, 1], len(names))]),
        np.concatenate([case.y_pred.astype(int), draw(bits(2 * len(names)))]),
        np.concatenate([case.groups, names, names]),
    )


def bits(count: int) -> st.SearchStrategy[Array]:
    """Zeros and ones."""
    some = st.lists(st.integers(0, 1), min_size=count, max_size=count)
    return some.map(lambda drawn: np.array(drawn, dtype=int))


@given(case=st.one_of(complete(), audits(), crowds()), examples=35)
@example(case=audit("a11 a00 b10 b00"))
@example(case=audit("a11 a00 b11 b01"))
@example(case=SMALLER_GAPS)
@example(case=audit("a11 a10 a01 b11 b00 c10 c00 c01"))
@example(case=NO_POSITIVES_IN_B)
# The smallest group alone differs from the others.
@example(case=audit("a11 a10 a00 a01 a11 b11 b10 b00 b01 b11 c10 c01"))
# The group in the middle is halfway, and then the first one is: first for true positives.
@example(case=audit("a10 a00 b11 b10 b00 c11 c00"))
@example(case=audit("a11 a10 a00 b10 b00 c11 c00"))
@example(case=audit("a11 a00 b11 b01 b00 c11 c01"))
@example(case=audit("a11 a01 a00 b11 b00 c11 c01"))
# Half of the groups have no true positive rate, and more than half; then no false positive rate.
@example(case=audit("a11 b10 c01 d01"))
@example(case=audit("a11 b10 c01 d01 e01"))
@example(case=audit("a11 b11 c01 d00"))
@example(case=audit("a11 b11 c11 d01 e00"))
@example(case=CROWD_OF_INT8)
@example(case=CROWD_OF_UINT8)
def test_equalised_odds_is_the_larger_of_the_two_gaps(submission: Submission, case: Audit) -> None:
    """equalised_odds_difference is the larger of the gaps in true and false positive rates."""
    if None in gaps_of(case):
        return  # what is to be made of it is a property of its own
    because = "The larger of the gaps in true and in false positive rates is expected."
    check_measure(submission, case, EQUALISED_ODDS, because)


@given(case=audits(), examples=30)
@example(case=EQUAL_GAPS)
@example(case=ONE_GAP)
@example(case=audit("a11 a10 a00 b11 b11"))
@example(case=NO_GAP)
@example(case=audit("a11 a10 b11"))
@example(case=audit("a01 a00 b00"))
def test_a_group_without_a_rate_takes_no_part_in_its_gap(
    submission: Submission, case: Audit
) -> None:
    """Undefined rates are left out, a gap needs two groups; without any gap the answer is NaN."""
    gaps = gaps_of(case)
    if None not in gaps and gaps[0] != gaps[1]:
        return  # which of them it has to be is a property of its own
    because = "Groups whose rate is NaN are to be left out; a gap needs two that have it."
    check_measure(submission, case, EQUALISED_ODDS, because)


@given(case=audits(), other=audits(), examples=15)
@example(case=PLAIN, other=UNSORTED)
@example(case=BOOLEAN, other=NO_GAP)
def test_arguments_stay_as_they_are_and_calls_do_not_depend_on_each_other(
    submission: Submission, case: Audit, other: Audit
) -> None:
    """Neither function changes its arguments, nor remembers what it was called with before."""
    first = table(submission, case), report(submission, case)
    table(submission, other)
    report(submission, other)
    second = table(submission, case), report(submission, case)
    because = "Only the arguments may decide."
    same_answer(first[0], second[0], name="The table", because=because)
    same_answer(first[1], second[1], name="The report", because=because)
    unchanged(submission)


def check_refused(submission: Submission, case: Audit, when: str) -> None:
    """Check that both functions refuse these arguments."""
    for name in ("group_rates", "fairness"):
        with raises(ValueError, when):
            getattr(submission, name)(*case.arguments)


@given(case=audits(), which=st.integers(0, 2), more=st.booleans(), examples=15)
@example(case=PLAIN, which=0, more=False)
@example(case=PLAIN, which=1, more=False)
@example(case=PLAIN, which=2, more=False)
@example(case=PLAIN, which=2, more=True)
# One value could be stretched to all rows by broadcasting.
@example(case=audit("a11 b10"), which=1, more=False)
@example(case=audit("a11 b10"), which=0, more=False)
def test_arrays_of_different_lengths_are_refused(
    submission: Submission, case: Audit, which: int, more: bool
) -> None:
    """Both functions raise ValueError when the lengths of the arguments differ."""
    arrays = list(case.arguments)
    one = arrays[which]
    arrays[which] = np.concatenate([one, one[:1]]) if more else one[:-1]
    check_refused(submission, Audit(*arrays), "the lengths differ")


@given(case=audits(), rows=st.integers(0, 5), examples=15)
@example(case=PLAIN, rows=0)
@example(case=PLAIN, rows=3)
def test_fewer_than_two_groups_are_refused(submission: Submission, case: Audit, rows: int) -> None:
    """Both functions raise ValueError when there are fewer than two groups, or no rows."""
    alone = np.resize(case.groups[:1], len(case.groups))[:rows]
    single = Audit(case.y_true[:rows], case.y_pred[:rows], alone)
    check_refused(submission, single, "there are fewer than two groups")


@given(
    case=audits(),
    bad=st.sampled_from([2, -1, 256, 0.5, 1e-9, 1 + 1e-9, math.nan, math.inf]),
    which=st.integers(0, 1),
    at=st.integers(0, 99),
    examples=20,
)
@example(case=PLAIN, bad=2, which=0, at=0)
@example(case=PLAIN, bad=2, which=1, at=0)
@example(case=PLAIN, bad=-1, which=0, at=3)
@example(case=PLAIN, bad=-1, which=1, at=3)
# In an integer of eight bits these are 0 and 1.
@example(case=PLAIN, bad=256, which=0, at=0)
@example(case=PLAIN, bad=257, which=1, at=0)
@example(case=PLAIN, bad=0.5, which=0, at=1)
@example(case=PLAIN, bad=0.5, which=1, at=1)
@example(case=PLAIN, bad=1e-9, which=0, at=1)
@example(case=PLAIN, bad=1 + 1e-9, which=1, at=0)
@example(case=PLAIN, bad=math.nan, which=0, at=6)
@example(case=PLAIN, bad=math.nan, which=1, at=6)
def test_labels_other_than_0_and_1_are_refused(
    submission: Submission, case: Audit, bad: float, which: int, at: int
) -> None:
    """Both functions raise ValueError when y_true or y_pred holds anything but 0 and 1."""
    arrays = list(case.arguments)
    dtype = np.int64 if isinstance(bad, int) else np.float64
    broken = arrays[which].astype(dtype)
    broken[at % len(broken)] = bad
    arrays[which] = broken
    name = ("y_true", "y_pred")[which]
    check_refused(submission, Audit(*arrays), f"{name} holds {bad}")


def numbered(_true: Array, _pred: Array, groups: Array) -> Array:
    """What the budget is a multiple of."""
    return np.unique(groups, return_inverse=True)[1]


def crowd(rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """50,000 people in 5,000 groups."""
    # Names far apart, half of them below 0: no places in a table.
    groups = (rng.permutation(50_000) % 5_000 - 2_500) * 1_000_003
    return rng.integers(0, 2, 50_000), rng.integers(0, 2, 50_000), groups


def tabulated(submission: Submission, y_true: Array, y_pred: Array, groups: Array) -> None:
    """The call that is timed, checked by the mean of its first column, all groups being as big."""
    rates = table(submission, Audit(y_true, y_pred, groups))
    close(
        rates[:, 0].mean(),
        y_pred.mean(),
        within=1e-9,  # 5,000 rates of at most 1, each off by a few EPS
        name="The mean selection rate",
        because="All groups are of one size, so it is the share of y_pred = 1.",
    )


def test_50_000_rows_in_5_000_groups_take_at_most_40_times_as_long_as_numbering_them(
    submission: Submission,
) -> None:
    """50,000 rows in 5,000 groups take at most 40 times as long as np.unique on the groups."""
    # Of the answers under solutions/, the slowest accepted one, a plain loop, takes 10 times as
    # long, the one that goes over all rows once for each group 71 times.
    budget(submission, tabulated, definition=numbered, on=crowd, times=40, usual=0.004)
