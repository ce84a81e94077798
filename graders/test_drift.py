"""What the two measures of drift must satisfy: their definitions, and what follows from them."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES, eighths

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
EPS = float(np.finfo(float).eps)


@dataclass(frozen=True)
class Samples:
    """The two samples."""

    reference: Array
    current: Array

    @property
    def swapped(self) -> Samples:
        """The same two, the other way round."""
        return Samples(self.current, self.reference)

    def through(self, function: Callable[[Array], Array]) -> Samples:
        """Both samples after a function of their numbers."""
        return Samples(function(self.reference), function(self.current))


def samples(reference: Sequence[float], current: Sequence[float]) -> Samples:
    """Two samples of float64."""
    return Samples(np.array(reference, dtype=float), np.array(current, dtype=float))


# The definitions.


def counts_of(case: Samples, bins: int) -> tuple[list[int], list[int]]:
    """How many numbers of either sample fall into each bin."""
    ordered = sorted(case.reference.tolist())
    n = len(ordered)
    # -(-a // b) is the ceiling of a / b in whole numbers.
    edges = sorted({ordered[-(-j * n // bins) - 1] for j in range(1, bins)})

    def counted(sample: Array) -> list[int]:
        counts = [0] * (len(edges) + 1)
        for number in sample.tolist():
            counts[bisect_left(edges, number)] += 1  # an edge belongs to the bin below it
        return counts

    return counted(case.reference), counted(case.current)


def psi_of(case: Samples, bins: int, floor: float) -> tuple[float, float]:
    """The population stability index, and how far off rounding may leave it.

    A share is off by EPS / 2 of itself, and so is what follows from it by two additions or
    subtractions: p - q by EPS * max(p, q), and ln(p / q) by 2 * EPS, or by 4 * EPS times the
    logarithms' sizes where it is ln(p) - ln(q). The sum adds a rounding for each bin. A share that
    is a running sum of 1 / n is rounded once more for each number in the bin.
    """
    total, within = 0.0, 0.0
    n, m = len(case.reference), len(case.current)
    counts = counts_of(case, bins)
    for in_reference, in_current in zip(*counts, strict=True):
        p, q = in_reference / n or floor, in_current / m or floor
        total += (p - q) * math.log(p / q)
        size = 2 + abs(math.log(p)) + abs(math.log(q))
        roundings = len(counts[0]) + max(in_reference, in_current) + 4
        within += 4 * EPS * roundings * max(p, q) * size
    return total, within


def ks_of(case: Samples) -> Fraction:
    """The largest difference between the shares that are at most t, for t any of the numbers."""
    reference, current = sorted(case.reference.tolist()), sorted(case.current.tolist())
    n, m = len(reference), len(current)
    # Both shares times n * m, in whole numbers.
    largest = max(
        abs(bisect_right(reference, t) * m - bisect_right(current, t) * n)
        for t in {*reference, *current}
    )
    return Fraction(largest, n * m)


def ks_rounding(case: Samples) -> float:
    """How far off ks may be: a running sum of 1 / n is rounded at every step."""
    return (len(case.reference) + len(case.current) + 4) * EPS


# What an answer says.


def one_float(value: object, name: str) -> float:
    """The value, checked to be a finite float of double precision."""
    if not isinstance(value, float):  # np.float64 is one
        reject(f"{name} is no float.", returned=value, expected="a float or np.float64")
    require(math.isfinite(value), f"{name} is {value}: it must be finite.", returned=f"{value}")
    return float(value)


def psi(submission: Submission, case: Samples, **options: Any) -> float:
    """The answer of psi, checked for its type."""
    return one_float(submission.psi(case.reference, case.current, **options), "psi")


def ks(submission: Submission, case: Samples) -> float:
    """The answer of ks, checked for its type."""
    return one_float(submission.ks(case.reference, case.current), "ks")


def check_psi(
    submission: Submission, case: Samples, because: str, bins: int, floor: float = 1e-4
) -> None:
    """Check psi against its definition; what the defaults are is a property of its own."""
    want, within = psi_of(case, bins, floor)
    returned = psi(submission, case, bins=bins, floor=floor)
    close(returned, want, within=within, name="psi", because=because)


def check_ks(submission: Submission, case: Samples, because: str) -> None:
    """Check ks against its definition."""
    within = ks_rounding(case)
    close(ks(submission, case), float(ks_of(case)), within=within, name="ks", because=because)


# Inputs.


def floats(least: int = 1, most: int = 24) -> st.SearchStrategy[Array]:
    """A sample of floats, with many ties or with few."""
    numbers = st.one_of(
        st.lists(eighths(), min_size=least, max_size=most),
        st.lists(st.integers(-2, 2).map(float), min_size=least, max_size=most),
    )
    return numbers.map(lambda drawn: np.array(drawn, dtype=float))


@st.composite
def pairs(draw: st.DrawFn) -> Samples:
    """Two samples of different lengths, the second at times elsewhere."""
    shift = draw(st.sampled_from([0.0, 0.0, 1.0, -3.5, 40.0]))
    return Samples(draw(floats()), draw(floats()) + shift)


BINS = st.one_of(st.integers(1, 15), st.integers(1, 100))
EXACT = st.sampled_from([1, 2, 4, 8, 16, 64])
"""With so many bins j / bins is exact: that rounding moves no edge is one property's business."""


@st.composite
def binned(draw: st.DrawFn, ways: st.SearchStrategy[int]) -> tuple[Samples, int]:
    """Two samples, of which reference holds no number twice, and bins."""
    shift = draw(st.sampled_from([0.0, 0.0, 1.0, -3.5, 40.0]))
    numbers = st.one_of(eighths(), st.integers(-12, 12).map(float))
    reference = np.array(draw(st.lists(numbers, min_size=1, max_size=24, unique=True)))
    beyond = [float(reference.min()) - 1, float(reference.max()) + 1]
    on_edges = st.lists(
        st.sampled_from([*reference.tolist(), *beyond]), min_size=1, max_size=12
    ).map(np.array)
    current = draw(st.one_of(floats().map(lambda sample: sample + shift), on_edges))
    return Samples(reference, current), draw(ways)


SHIFTED = samples([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
TIED = samples([0, 0, 0, 0, 0, 0, 1, 2], [0, 0, 1, 1, 2, 3])
APART = samples([1, 2, 3, 4], [10, 11, 12])
# Too many numbers for a grid of a hundred points, and a product of sizes beyond 16 bits.
MANY = Samples(
    np.exp(np.random.default_rng(0).normal(0, 2, 200)),
    np.exp(np.random.default_rng(1).normal(0.2, 2, 211)),
)
SKEWED = samples([1, 2, 4, 8, 16, 32, 64, 128], [1, 1, 2, 3, 100])
# n * m is more than 32 bits hold with a sign, and the largest difference is at one number alone,
# which is missed where only some are looked at.
CROWD = samples(range(61_111), range(70_000, 110_009))
TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]


@given(case=binned(BINS), examples=80)
@example(case=(samples([1, 2, 3, 4], [1, 1, 2, 4]), 2))
@example(case=(SHIFTED, 5))
@example(case=(SHIFTED, 10))
@example(case=(SKEWED, 4))
@example(case=(samples([1, 2, 3, 4, 5, 6, 7], [1, 1, 1, 3, 3, 6]), 3))
@example(case=(samples(TEN, [6, 6, 6, 1]), 4))
@example(case=(samples([3, 1, 2], [2, 2, 3, 1]), 1))
# On the edges, and outside the range of reference.
@example(case=(samples(TEN, [2, 2, 3]), 10))
@example(case=(samples(TEN, [0, 1, 11, 1000]), 10))
@example(case=(samples(TEN, [-1000, 5]), 10))
# The same numbers in another order.
@example(case=(samples(TEN, TEN[::-1]), 10))
@example(case=(samples([4], [4]), 10))
# 7 / 25 is rounded up, and 25 times that is more than 7.
@example(case=(samples(range(1, 26), [7, 8, 7, 14]), 25))
# And 36 / 28 is rounded up, 21 times which is more than 27.
@example(case=(samples(range(1, 37), [28, 29, 5]), 28))
def test_psi_is_the_sum_over_the_bins_of_reference(
    submission: Submission, case: tuple[Samples, int]
) -> None:
    """psi is the sum of (p - q) * ln(p / q) over bins cut at the quantiles of reference."""
    pair, bins = case
    p, q = counts_of(pair, bins)
    because = f"The bins hold {p} of reference and {q} of current."
    check_psi(submission, pair, because, bins)


@given(case=binned(EXACT), floor=st.sampled_from([1e-4, 0.001, 0.1, 0.3]), examples=25)
@example(case=(APART, 4), floor=1e-4)
@example(case=(APART, 4), floor=0.3)
@example(case=(samples([1, 2, 3, 4], [4, 4, 4, 4, 4, 3, 2]), 4), floor=0.3)
# A share of 1 in 2,000 is small, but not 0.
@example(case=(samples([1, 2, 3, 4], [1, *[4] * 1999]), 4), floor=1e-4)
def test_a_share_of_0_is_replaced_by_floor_and_no_other_is(
    submission: Submission, case: tuple[Samples, int], floor: float
) -> None:
    """An empty bin has the share floor; smaller shares that are not 0 stay as they are."""
    pair, bins = case
    p, q = counts_of(pair, bins)
    because = f"The bins hold {p} of reference and {q} of current; 0 counts as {floor}."
    check_psi(submission, pair, because, bins, floor)


@given(case=pairs(), bins=EXACT, examples=25)
@example(case=TIED, bins=8)
@example(case=TIED, bins=2)
@example(case=samples([7, 7, 7, 7], [7, 7]), bins=4)
@example(case=samples([7, 7, 7, 7], [6, 7, 8]), bins=4)
@example(case=samples([5, 5, 5], [5, 6]), bins=8)
@example(case=samples([1, 2], [2, 1, 3]), bins=8)
@example(case=samples([3, 1, 2, 2], [2, 2, 1, 3]), bins=8)
def test_edges_that_are_equal_count_once(submission: Submission, case: Samples, bins: int) -> None:
    """Ties in reference make fewer bins, not empty ones between equal edges."""
    # Every second number twice more, so that quantiles coincide.
    tied = Samples(
        np.repeat(case.reference, 1 + 2 * (np.arange(len(case.reference)) % 2)), case.current
    )
    p, q = counts_of(tied, bins)
    because = f"There are {len(p)} bins, with {p} of reference and {q} of current."
    check_psi(submission, tied, because, bins)


@given(case=pairs(), examples=60)
@example(case=samples([1], [1]))
@example(case=samples([1, 2], [2, 3, 4]))
@example(case=TIED)
@example(case=samples([1, 1, 2], [1, 2, 2, 2]))
@example(case=samples([0, 10], [1, 2, 3, 4]))
@example(case=samples([5, 6, 7, 8], [1, 2, 3]))
@example(case=samples([3, 1, 2, 2], [2, 2, 1, 3]))
@example(case=MANY)
# Between two numbers that are next to each other on the scale of the third.
@example(case=samples([0, 1, 10**6], [0, 2, 10**6]))
# n * m is more than 16 bits hold with a sign.
@example(case=samples(range(200), range(200, 400)))
@example(case=CROWD)
def test_ks_is_the_largest_difference_between_the_shares_at_most_t(
    submission: Submission, case: Samples
) -> None:
    """ks is the largest difference between the two distribution functions, swapped or not."""
    largest = ks_of(case)
    check_ks(submission, case, f"The largest difference is {largest}.")
    check_ks(submission, case.swapped, f"Swapped or not, the largest difference is {largest}.")


def _cubed(sample: Array) -> Array:
    return np.asarray(sample**3)


def _stretched(sample: Array) -> Array:
    return np.asarray(np.where(sample < 0, sample, 1000 * sample))


def _far_away(sample: Array) -> Array:
    return np.asarray(sample + 2.0**29)


def _tiny(sample: Array) -> Array:
    return np.asarray(sample * 2.0**-40)


# Strictly increasing, and exact for multiples of 1/8 below 64.
MAPS = {"x**3": _cubed, "stretched above 0": _stretched, "+ 2**29": _far_away, "* 2**-40": _tiny}


@given(case=binned(EXACT), by=st.sampled_from(sorted(MAPS)), examples=25)
@example(case=(SHIFTED, 8), by="x**3")
@example(case=(SHIFTED, 8), by="* 2**-40")
@example(case=(SHIFTED, 8), by="+ 2**29")
@example(case=(SKEWED, 4), by="stretched above 0")
def test_only_the_order_of_the_numbers_matters(
    submission: Submission, case: tuple[Samples, int], by: str
) -> None:
    """psi and ks stay the same when both samples go through one increasing function."""
    pair, bins = case
    mapped = pair.through(MAPS[by])
    because = f"The samples went through {by}, which keeps the order."
    check_psi(submission, mapped, because, bins)
    check_ks(submission, mapped, because)


@given(case=binned(BINS), other=pairs(), examples=20)
@example(case=(SHIFTED, 10), other=TIED)
@example(case=(samples([3, 1, 2], [2, 1]), 2), other=APART)
def test_samples_stay_as_they_are_and_calls_do_not_depend_on_each_other(
    submission: Submission, case: tuple[Samples, int], other: Samples
) -> None:
    """Neither function changes its samples, nor remembers what it was called with before."""
    pair, bins = case
    because = "Only the arguments may decide."
    first = psi(submission, pair, bins=bins), ks(submission, pair)
    psi(submission, other)
    ks(submission, other)
    second = psi(submission, pair, bins=bins), ks(submission, pair)
    same_answer(first[0], second[0], name="psi", because=because)
    same_answer(first[1], second[1], name="ks", because=because)
    unchanged(submission)


@given(case=pairs(), bins=st.sampled_from([2, 4, 10]), examples=15)
@example(case=SHIFTED, bins=10)
@example(case=APART, bins=4)
def test_bins_is_10_and_floor_a_ten_thousandth_where_they_are_left_out(
    submission: Submission, case: Samples, bins: int
) -> None:
    """The defaults are bins=10 and floor=1e-4."""
    because = "The defaults are bins=10 and floor=1e-4."
    stated = psi(submission, case, bins=10, floor=1e-4)
    same_answer(stated, psi(submission, case), name="psi", because=because)
    stated = psi(submission, case, bins=bins, floor=1e-4)
    same_answer(stated, psi(submission, case, bins=bins), name="psi", because=because)


@st.composite
def integer_pairs(draw: st.DrawFn) -> Samples:
    """Two samples of integers of any type each, also beyond the range of the other's type.

    No number occurs twice in the first one.
    """
    made = []
    for unique in (True, False):
        kind = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
        low, high = max(int(kind.min), -(10**9)), min(int(kind.max), 10**9)
        ends = st.sampled_from([low, low + 1, high - 1, high])
        numbers = st.one_of(st.integers(max(low, -3), 3), st.integers(low, high), ends)
        drawn = draw(st.lists(numbers, min_size=1, max_size=12, unique=unique))
        made.append(np.array(drawn, dtype=kind.dtype))
    return Samples(*made)


def alike(reference: list[int], current: list[int], dtype: type[np.integer[Any]]) -> Samples:
    """Two samples of the same integer type."""
    return Samples(np.array(reference, dtype=dtype), np.array(current, dtype=dtype))


OTHER_SIGN = {"int8": np.uint8, "uint8": np.int8, "int16": np.uint16, "uint16": np.int16}


def _same_bytes(sample: Array) -> Array:
    """What the bytes of narrow integers say with a sign, if they had none, and the other way."""
    return sample.view(OTHER_SIGN.get(sample.dtype.name, sample.dtype))


@given(case=integer_pairs(), examples=25)
@example(case=Samples(np.array([1, 2, 3], dtype=np.int8), np.array([300, 2], dtype=np.int64)))
@example(case=Samples(np.array([0, 100, -100, 50], dtype=np.int8), np.array([200], dtype=np.uint8)))
@example(case=Samples(np.array([1, 2, 3, 4], dtype=np.int64), np.array([1.5, 3.5, 2.5])))
@example(case=Samples(np.array([10, 20, 30], dtype=np.uint8), np.array([5, 25], dtype=np.uint8)))
# Numbers so far apart that their differences wrap around.
@example(case=alike([-100, 100, 120], [-100, -100, 100], np.int8))
@example(case=alike([-30_000, 30_000, 10_000], [20_000, -30_000, 25_000], np.int16))
@example(case=alike([250, 3, 100, 200], [3, 3, 250], np.uint8))
def test_integers_are_compared_as_the_numbers_they_are(
    submission: Submission, case: Samples
) -> None:
    """Samples may be of any integer type, and of different ones."""
    because = "The same numbers as float64 are expected to give the same."
    # Then the same bytes as other numbers: what is kept between calls must not mix them up.
    for integers in (case, case.through(_same_bytes)):
        check_psi(submission, integers, because, bins=4)
        check_ks(submission, integers, because)


@given(
    case=pairs(),
    which=st.sampled_from([(0,), (1,), (0, 1)]),
    bad=st.sampled_from([None, math.nan, math.inf, -math.inf]),
    at=st.integers(0, 30),
    examples=20,
)
@example(case=SHIFTED, which=(0,), bad=None, at=0)
@example(case=SHIFTED, which=(1,), bad=None, at=0)
@example(case=SHIFTED, which=(0,), bad=math.nan, at=0)
@example(case=SHIFTED, which=(1,), bad=math.nan, at=0)
@example(case=SHIFTED, which=(0,), bad=math.inf, at=0)
@example(case=SHIFTED, which=(1,), bad=-math.inf, at=0)
# The same sample twice, whose distance from itself need not be computed.
@example(case=samples([1, 2], [1, 2]), which=(0, 1), bad=None, at=0)
@example(case=samples([1, 2], [1, 2]), which=(0, 1), bad=math.inf, at=1)
# One sample lies below the other.
@example(case=APART, which=(1,), bad=math.nan, at=1)
def test_samples_that_are_empty_or_not_finite_are_refused(
    submission: Submission, case: Samples, which: tuple[int, ...], bad: float | None, at: int
) -> None:
    """psi and ks raise ValueError for an empty sample, and for NaN or infinity in one."""
    both = [case.reference.copy(), case.current.copy()]
    for one in which:
        if bad is None:
            both[one] = both[one][:0]
        else:
            both[one][at % len(both[one])] = bad
    name = " and ".join(("reference", "current")[one] for one in which)
    verb = ("is", "holds") if len(which) == 1 else ("are", "hold")
    when = f"{name} {verb[0]} empty" if bad is None else f"{name} {verb[1]} {bad}"
    with raises(ValueError, when):
        submission.psi(*both)
    # Also where there is a single bin, of which the answer is 0 whatever the samples hold.
    with raises(ValueError, f"{when}, and bins is 1"):
        submission.psi(*both, bins=1)
    with raises(ValueError, when):
        submission.ks(*both)


@given(
    case=pairs(),
    bins=st.integers(-3, 0),
    floor=st.sampled_from([0.0, 1.0, -1e-4, 2.0, math.nan]),
    examples=10,
)
@example(case=SHIFTED, bins=0, floor=0.0)
@example(case=SHIFTED, bins=-1, floor=1.0)
# Neither below 0 nor above 1, but not between them either.
@example(case=SHIFTED, bins=0, floor=math.nan)
def test_bins_below_1_and_floors_outside_0_to_1_are_refused(
    submission: Submission, case: Samples, bins: int, floor: float
) -> None:
    """psi raises ValueError when bins < 1, and when floor is not between 0 and 1."""
    with raises(ValueError, "bins is less than 1"):
        submission.psi(case.reference, case.current, bins=bins)
    # Also where no bin is empty, so that floor is not needed.
    for some in (10, 1):
        with raises(ValueError, f"floor is {floor}"):
            submission.psi(case.reference, case.current, bins=some, floor=floor)


def sorting(reference: Array, current: Array) -> tuple[Array, Array]:
    """What the budget is a multiple of: not np.sort, which some processors do far faster."""
    return np.argsort(reference), np.argsort(current)


def drawn(rng: np.random.Generator) -> tuple[Array, Array]:
    """Two samples of 20,000 numbers, the second a little wider and to the right."""
    return rng.normal(size=20_000), rng.normal(0.1, 1.1, size=20_000)


def measured(submission: Submission, reference: Array, current: Array) -> None:
    """The calls that are timed. That the values are right is seen with fewer numbers."""
    one_float(submission.psi(reference, current), "psi")
    one_float(submission.ks(reference, current), "ks")


def test_20_000_numbers_take_at_most_100_times_as_long_as_argsort(submission: Submission) -> None:
    """psi and ks of 20,000 numbers each take at most 100 times as long as np.argsort."""
    # Of the answers under solutions/, the slowest accepted one takes 40 times as long (plain Python
    # that counts), the fastest that is rejected for it 180 times.
    budget(submission, measured, definition=sorting, on=drawn, times=100, usual=0.003)
