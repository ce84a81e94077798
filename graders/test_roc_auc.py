"""What the area under the ROC curve must satisfy, by whatever route it is computed.

The expectation is the definition: all pairs of a positive and a negative row, counted one by one
as whole numbers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES, eighths

from kata.grading import (
    Submission,
    close,
    example,
    given,
    growth,
    number,
    raises,
    unchanged,
)

Array = np.ndarray[Any, Any]
Column = list[Any] | Array
EPS = float(np.finfo(float).eps)


def by_pairs(y_true: Column, y_score: Column) -> tuple[int, int]:
    """Twice the number of pairs won, ties once, and twice the number of all pairs.

    Scores are compared as Python's numbers, which is exact whatever their type was. The negatives
    are sorted, so that those below each positive, and those that are not above it, are counted.
    """
    rows = list(zip(np.asarray(y_true).tolist(), np.asarray(y_score).tolist(), strict=True))
    positives = [score for label, score in rows if label]
    negatives = sorted(score for label, score in rows if not label)
    won = sum(bisect_left(negatives, p) + bisect_right(negatives, p) for p in positives)
    return won, 2 * len(positives) * len(negatives)


def check_area(submission: Submission, y_true: Column, y_score: Column, because: str = "") -> None:
    """Check that the area is the share of the pairs, up to rounding."""
    area = number(submission.roc_auc(y_true, y_score), name="The answer")
    won, pairs = by_pairs(y_true, y_score)
    close(
        area,
        float(Fraction(won, pairs)),
        # The longest way is a sum of n trapezoids: each has a width, a height and a product, of
        # which the errors are at most EPS each in a total that is no more than 1.
        within=(4 * len(y_true) + 16) * EPS,
        name="The area",
        because=f"Pairs ranked rightly: {won / 2:g} of {pairs // 2}, a tie counting 0.5. {because}",
    )


@st.composite
def labels(draw: st.DrawFn, n: int) -> list[int]:
    """n labels, at least one of each, in any order."""
    positives = draw(st.integers(1, n - 1))
    return list(draw(st.permutations([1] * positives + [0] * (n - positives))))


@st.composite
def untied(draw: st.DrawFn, most: int = 10) -> tuple[list[int], list[float]]:
    """Labels, and scores that are all different."""
    scores = draw(st.lists(eighths(), min_size=2, max_size=most, unique=True))
    return draw(labels(len(scores))), scores


@st.composite
def tied(draw: st.DrawFn) -> tuple[list[int], list[float]]:
    """Labels, and scores of which many are equal."""
    values = draw(st.lists(eighths(), min_size=1, max_size=4, unique=True))
    scores = draw(st.lists(st.sampled_from(values), min_size=2, max_size=10))
    return draw(labels(len(scores))), scores


@given(data=untied(), arrays=st.booleans())
@example(data=([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), arrays=False)
@example(data=([1, 0, 1], [3.0, 2.0, 1.0]), arrays=False)
@example(data=([0, 1], [1.0, 2.0]), arrays=True)
@example(data=([1, 0], [1.0, 2.0]), arrays=True)
@example(data=([1, 0, 0, 1, 0], [-3.0, 2.0, -1.0, 8.0, 0.5]), arrays=True)
@example(data=([0, 1, 1, 1], [2.0, 1.0, 3.0, 4.0]), arrays=False)
def test_the_area_is_the_share_of_pairs_ranked_rightly(
    submission: Submission, data: tuple[list[int], list[float]], arrays: bool
) -> None:
    """The area is the share of pairs in which the positive row has the higher score."""
    y_true, y_score = data
    if arrays:
        check_area(submission, np.array(y_true), np.array(y_score))
    else:  # here alone, so that it is seen when nothing but lists is at fault
        check_area(submission, y_true, y_score)
        unchanged(submission)


@given(data=tied())
@example(data=([0, 1], [0.5, 0.5]))
@example(data=([1, 0], [0.5, 0.5]))
@example(data=([0, 1, 1], [0.5, 0.5, 0.9]))
@example(data=([0, 0, 1, 1, 0], [1.0, 1.0, 1.0, 2.0, 2.0]))
@example(data=([1, 1, 0, 1, 0, 0], [3.0, 1.0, 3.0, 2.0, 1.0, 1.0]))
@example(data=([1, 0], [0.0, -0.0]))
@example(data=([1, 0], [-0.0, 0.0]))
def test_a_tie_counts_one_half_in_any_order_of_the_rows(
    submission: Submission, data: tuple[list[int], list[float]]
) -> None:
    """A pair with equal scores counts one half, however the rows are ordered."""
    check_area(submission, np.array(data[0]), np.array(data[1]))


def _next(number: float) -> float:
    return float(np.nextafter(number, np.inf))


NEIGHBOURS = [
    (number, _next(number)) for number in (1.0, -1.0, 0.1, 1000.0, 1e-9, 1e15, -1e300, 0.0, -5e-324)
]


@st.composite
def near_ties(draw: st.DrawFn) -> tuple[list[int], list[float]]:
    """Labels, and different scores of which some are as near to each other as floats can be."""
    pairs = draw(st.lists(st.sampled_from(NEIGHBOURS), min_size=1, max_size=3, unique=True))
    scores = sorted({score for pair in pairs for score in pair})
    return draw(labels(len(scores))), list(draw(st.permutations(scores)))


@given(data=near_ties())
@example(data=([0, 1], [1.0, _next(1.0)]))
@example(data=([1, 0], [0.1, _next(0.1)]))
@example(data=([0, 1], [0.0, 5e-324]))
@example(data=([1, 0], [1e-9, _next(1e-9)]))
@example(data=([0, 1], [0.1 + 0.2, 0.3]))
def test_the_smallest_difference_decides_a_pair(
    submission: Submission, data: tuple[list[int], list[float]]
) -> None:
    """Scores tie only if they are the very same number, however little they differ."""
    because = "The scores are compared as they are."
    check_area(submission, np.array(data[0]), np.array(data[1]), because=because)


MAPS: dict[str, Callable[[Array], Array]] = {
    "a million times the scores": lambda x: x * 1e6,
    "2e307 times the scores": lambda x: x * 2e307,
    "2e-323 times the scores": lambda x: x * 8 * 5e-324,
    "the scores plus 1e9": lambda x: x + 1e9,
    "the scores to the power of 101": lambda x: x**101,
    "exp(8 * score)": lambda x: np.exp(8 * x),
    "the ranks of the scores": lambda x: np.unique(x, return_inverse=True)[1].astype(float),
}
"""Maps that keep the order of different multiples of 1/8 up to 8 in size, in float64 too."""


@given(data=untied(), by=st.sampled_from(sorted(MAPS)))
@example(data=([0, 0, 1, 1], [8.0, -8.0, -7.0, 1.0]), by="2e307 times the scores")
@example(data=([0, 1], [7.0, 8.0]), by="a million times the scores")
@example(data=([0, 1, 0], [7.0, 8.0, -8.0]), by="exp(8 * score)")
@example(data=([0, 1], [-8.0, -7.0]), by="2e307 times the scores")
@example(data=([0, 1], [1.0, 2.0]), by="2e-323 times the scores")
def test_a_strictly_increasing_map_of_the_scores_changes_nothing(
    submission: Submission, data: tuple[list[int], list[float]], by: str
) -> None:
    """Only the order of the scores counts: an increasing map of them leaves the area as it is."""
    y_true, y_score = data
    mapped = MAPS[by](np.array(y_score))
    because = f"These are {by}, in the same order."
    check_area(submission, np.array(y_true), mapped, because=because)


def many(n: int, share: float, seed: int) -> tuple[Array, Array]:
    """n rows with different, uneven scores, which are somewhat higher for positives."""
    rng = np.random.default_rng(seed)
    y_true = np.zeros(n, dtype=int)
    y_true[: max(1, int(share * n))] = 1
    rng.shuffle(y_true)
    return y_true, (rng.normal(size=n) + y_true / 4) ** 3


@given(
    n=st.integers(100, 300),
    share=st.sampled_from([0.5, 0.02, 0.9]),
    kind=st.sampled_from([np.int64, np.int8, np.uint8, np.bool_]),
    seed=st.integers(0, 10**6),
    examples=15,
)
@example(n=300, share=0.5, kind=np.int64, seed=0)
@example(n=300, share=0.02, kind=np.int64, seed=1)
# More positives than an int8 or uint8 can count.
@example(n=300, share=0.9, kind=np.int8, seed=3)
@example(n=300, share=0.9, kind=np.uint8, seed=4)
def test_every_distinct_score_counts_among_many_rows(
    submission: Submission, n: int, share: float, kind: type[np.generic], seed: int
) -> None:
    """With hundreds of rows, classes of unequal size and uneven scores, every pair still counts."""
    y_true, y_score = many(n, share, seed)
    check_area(submission, y_true.astype(kind), y_score)


@st.composite
def of_types(draw: st.DrawFn) -> tuple[Array, Array]:
    """Labels of any type that the task allows, and scores of any integer type."""
    narrow = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
    low, high = max(int(narrow.min), -(2**53)), min(int(narrow.max), 2**53)
    numbers = st.one_of(st.integers(low, high), st.sampled_from([low, high]))
    scores = draw(st.lists(numbers, min_size=2, max_size=7, unique=True))
    kind = draw(st.sampled_from([np.bool_, np.float64, *INTEGER_DTYPES]))
    return np.array(draw(labels(len(scores)))).astype(kind), np.array(scores, dtype=narrow.dtype)


@given(data=of_types())
@example(data=(np.array([False, True, True]), np.array([1, 2, 0], np.uint8)))
@example(data=(np.array([0, 1, 0], np.uint8), np.array([-128, 127, 0], np.int8)))
@example(data=(np.array([1, 0], np.int8), np.array([-128, 0], np.int8)))
@example(data=(np.array([1.0, 0.0]), np.array([2**53, 0], np.int64)))
def test_labels_and_scores_of_all_types_are_taken_alike(
    submission: Submission, data: tuple[Array, Array]
) -> None:
    """Labels may be bool, float or integer, and scores integers of any type, narrow ones too."""
    check_area(submission, *data, because="Narrow and unsigned integers wrap round.")


@given(data=tied(), examples=25)
@example(data=([1, 0, 0], [3.0, 1.0, 2.0]))
def test_the_arguments_are_left_unchanged(
    submission: Submission, data: tuple[list[int], list[float]]
) -> None:
    """roc_auc changes neither y_true nor y_score."""
    submission.roc_auc(np.array(data[0]), np.array(data[1]))
    unchanged(submission)


# The last four are 0 or 1 to a tolerance, and the four before them in a narrower type.
OTHER_LABELS = [-1, 2, 0.5, np.nan, np.inf, 1e300]
OTHER_LABELS += [256, 257, -255, 2**32, 5e-324, -1e-9, 1 - 1e-6, _next(1.0)]


@given(
    data=untied(),
    label=st.sampled_from(OTHER_LABELS),
    bad=st.sampled_from([np.nan, np.inf, -np.inf]),
    at=st.integers(0, 9),
    examples=25,
)
@example(data=([0, 1, 1], [1.0, 2.0, 3.0]), label=2, bad=np.nan, at=0)
@example(data=([0, 1, 1], [1.0, 2.0, 3.0]), label=-1, bad=-np.inf, at=1)
@example(data=([0, 1, 0], [1.0, 2.0, 3.0]), label=0.5, bad=np.inf, at=2)
@example(data=([0, 1, 0], [1.0, 2.0, 3.0]), label=np.nan, bad=np.inf, at=2)
@example(data=([0, 1, 0], [1.0, 2.0, 3.0]), label=5e-324, bad=np.nan, at=1)
@example(data=([0, 1, 0], [1.0, 2.0, 3.0]), label=_next(1.0), bad=np.nan, at=1)
@example(data=([0, 1, 0], [1.0, 2.0, 3.0]), label=257, bad=np.nan, at=1)
def test_impossible_arguments_are_refused(
    submission: Submission, data: tuple[list[int], list[float]], label: float, bad: float, at: int
) -> None:
    """ValueError is raised for other lengths, one class only, other labels, NaN and infinity."""
    y_true, y_score = np.array(data[0]), np.array(data[1])
    n = len(y_true)
    with raises(ValueError, "y_score is shorter than y_true"):
        submission.roc_auc(y_true, y_score[:-1])
    with raises(ValueError, "y_score is longer than y_true"):
        submission.roc_auc(y_true, np.append(y_score, 9.0))
    with raises(ValueError, "there is one score for all labels"):
        submission.roc_auc(y_true, y_score[:1])
    with raises(ValueError, "there are no positive rows"):
        submission.roc_auc(np.zeros(n), y_score)
    with raises(ValueError, "there are no negative rows"):
        submission.roc_auc(np.ones(n), y_score)
    with raises(ValueError, "there are no rows"):
        submission.roc_auc(y_true[:0], y_score[:0])
    with raises(ValueError, f"a label is {label}"):
        submission.roc_auc(np.append(y_true, label), np.append(y_score, 9.0))
    broken = y_score.copy()
    broken[at % n] = bad
    with raises(ValueError, f"a score is {bad}"):
        submission.roc_auc(y_true, broken)


def by_binary_search(y_true: Array, y_score: Array) -> tuple[float, float]:
    """The area if ties counted nothing, and if they counted one.

    What the growth is compared with: the negatives sorted, and a search for each positive.
    """
    positives, negatives = y_score[y_true == 1], np.sort(y_score[y_true == 0])
    below = np.searchsorted(negatives, positives, side="left").sum()
    up_to = np.searchsorted(negatives, positives, side="right").sum()
    pairs = len(positives) * len(negatives)
    return float(below / pairs), float(up_to / pairs)


def scored(n: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """As many positives as negatives, with higher scores; a tenth of them ties with another one."""
    y_true = rng.permutation(np.arange(n) % 2)
    scores = rng.normal(size=n) + y_true / 2
    return y_true, np.where(rng.random(n) < 0.9, scores, np.round(scores))


def area_of(submission: Submission, y_true: Array, y_score: Array) -> None:
    """The call that is timed, of more rows than are seen elsewhere, so that its answer counts."""
    least, most = by_binary_search(y_true, y_score)
    close(
        number(submission.roc_auc(y_true, y_score), name="The answer"),
        (least + most) / 2,
        # How ties count is another property's business.
        within=(most - least) / 2 + (4 * len(y_true) + 16) * EPS,
        name="The area",
        because=f"This is the share of the pairs ranked rightly among {len(y_true):,} rows.",
    )


def test_the_cost_grows_like_that_of_sorting(submission: Submission) -> None:
    """Time grows no faster than n * log(n), and memory no faster than n: no pair is visited."""
    growth(
        submission,
        area_of,
        definition=by_binary_search,
        on=scored,
        # The largest have as many rows as a call is ever given, and more pairs than 32 bits count.
        start=16_000,
        law="O(n * log(n))",
    )
