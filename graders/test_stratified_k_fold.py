"""What stratified folds must satisfy, whichever rows chance puts into them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES

from kata.grading import (
    Submission,
    array,
    example,
    given,
    growth,
    pair,
    raises,
    reject,
    require,
    same_answer,
    unchanged,
)

Array = np.ndarray[Any, Any]
Classes = list[Any] | Array
Folds = list[tuple[Array, Array]]

SEEDS = st.one_of(st.integers(0, 3), st.integers(0, 2**32 - 1))


def folds(submission: Submission, y: Classes, n_splits: int, **options: Any) -> Folds:
    """The submission's folds, as far as they can be read as row numbers at all.

    That they are of the very types that the task names is a property of its own.
    """
    answer = submission.stratified_k_fold(y, n_splits, **options)
    if not isinstance(answer, list | tuple) or len(answer) != n_splits:
        reject(f"The answer is not a list of {n_splits} folds.", returned=answer)
    read = []
    for number, fold in enumerate(answer):
        if not (isinstance(fold, list | tuple) and len(fold) == 2):
            reject(f"Fold {number} is not a tuple of train and test.", returned=fold)
        read.append(
            (
                row_numbers(fold[0], len(y), f"train of fold {number}"),
                row_numbers(fold[1], len(y), f"test of fold {number}"),
            )
        )
    return read


def row_numbers(value: Any, n: int, name: str) -> Array:
    """Row numbers from 0 to n - 1, one-dimensional, as integers."""
    if not isinstance(value, list | np.ndarray):
        reject(f"{name} is no array of row numbers.", returned=value)
    rows = array(np.asarray(value), name=name, shape=(None,), kind="number").astype(int)
    outside = rows[(rows < 0) | (rows >= n)]
    if len(outside):
        reject(f"{name} holds {outside[0]}, but y has the rows 0 to {n - 1}.", returned=value)
    return rows


def by_test_set(found: Folds) -> list[list[int]]:
    """The test sets, for a message."""
    return [sorted(test.tolist()) for _, test in found]


POOLS: list[list[Any]] = [[0, 1, 2], [7, -3, 100], ["cat", "dog", "a"], [1, 0, -1]]


@st.composite
def frequent(draw: st.DrawFn) -> tuple[Classes, int]:
    """Classes with n_splits rows or more each, in any order, and n_splits."""
    n_splits = draw(st.integers(2, 5))
    names = draw(st.sampled_from(POOLS))[: draw(st.integers(1, 3))]
    y = [name for name in names for _ in range(n_splits + draw(st.integers(0, n_splits + 1)))]
    y = list(draw(st.permutations(y)))
    return (np.array(y) if draw(st.booleans()) else y), n_splits


@st.composite
def rare(draw: st.DrawFn) -> tuple[list[Any], int]:
    """Classes of which one, several or all have fewer rows than n_splits."""
    n_splits = draw(st.integers(2, 6))
    sizes = draw(st.lists(st.integers(1, n_splits - 1), min_size=1, max_size=4))
    sizes += draw(st.lists(st.integers(n_splits, 2 * n_splits), max_size=1))
    while sum(sizes) < n_splits:
        sizes.append(1)
    y = [label for label, size in enumerate(sizes) for _ in range(size)]
    return list(draw(st.permutations(y))), n_splits


EVEN = ([0, 1, 0, 1, 0, 1, 0, 1], 2)
SORTED = ([0] * 6 + [1] * 3, 3)
WORDS = (np.array(["b", "a", "b", "a", "a"]), 2)
# Each class leaves a row over.
LEFT_OVER = ([0, 0, 0, 1, 1, 1, 2, 2, 2], 2)
ONE_EACH = (["x", "y", "z"], 3)
ONE_RARE = ([0, 0, 0, 0, 0, 1], 3)
ALL_RARE = ([0, 0, 1, 1, 2], 4)


@given(data=frequent(), seed=SEEDS, examples=25)
@example(data=EVEN, seed=0)
@example(data=WORDS, seed=1)
def test_the_answer_is_a_list_of_tuples_of_two_integer_arrays(
    submission: Submission, data: tuple[Classes, int], seed: int
) -> None:
    """The answer is a list of n_splits tuples (train, test), integer arrays with row numbers."""
    y, n_splits = data
    answer = submission.stratified_k_fold(y, n_splits, seed=seed)
    if not isinstance(answer, list):
        reject("The answer is not a list.", returned=answer, expected="a list of tuples")
    require(
        len(answer) == n_splits,
        f"The answer has {len(answer)} folds, not {n_splits}.",
        returned=answer,
    )
    for number, fold in enumerate(answer):
        train, test = pair(fold, name=f"Fold {number}")
        array(train, name=f"train of fold {number}", shape=(None,), kind="integer")
        array(test, name=f"test of fold {number}", shape=(None,), kind="integer")


def check_once(found: Folds, n: int) -> None:
    """Check that every row is in one test set, once."""
    seen = Counter(row for _, test in found for row in test.tolist())
    for row in range(n):
        require(
            seen[row] == 1,
            f"Row {row} is in the test sets {seen[row]} times, not once.",
            returned=f"test sets {by_test_set(found)}",
        )


@given(data=frequent(), seed=SEEDS)
@example(data=EVEN, seed=0)
@example(data=LEFT_OVER, seed=0)
# More rows than a uint8 can number, more folds than an int8 can.
@example(data=([0] * 190 + [1] * 110, 100), seed=0)
@example(data=([0] * 150 + [1] * 150, 150), seed=0)
@example(data=(np.repeat(np.array([0, 1], np.int8), 150), 150), seed=0)
def test_every_row_is_in_exactly_one_test_set(
    submission: Submission, data: tuple[Classes, int], seed: int
) -> None:
    """Every row number from 0 to n - 1 is in exactly one test set, and there once."""
    y, n_splits = data
    found = folds(submission, y, n_splits, seed=seed)
    check_once(found, len(y))


@given(data=frequent(), seed=SEEDS)
@example(data=EVEN, seed=0)
@example(data=LEFT_OVER, seed=0)
@example(data=SORTED, seed=1)
def test_train_is_all_that_is_not_in_test(
    submission: Submission, data: tuple[Classes, int], seed: int
) -> None:
    """In each fold, train holds every row that is not in test, once."""
    y, n_splits = data
    for number, (train, test) in enumerate(folds(submission, y, n_splits, seed=seed)):
        expected = sorted(set(range(len(y))) - set(test.tolist()))
        require(
            sorted(train.tolist()) == expected,
            f"train of fold {number} is not what is left without its test set.",
            returned=f"train = {sorted(train.tolist())}, test = {sorted(test.tolist())}",
            expected=f"train = {expected}, in any order",
        )


def check_shares(y: Classes, found: Folds) -> None:
    """Check that each test set has its share of each class, give or take the rounding."""
    classes = np.asarray(y).tolist()
    n_splits = len(found)
    for label, size in sorted(Counter(classes).items()):
        low, high = size // n_splits, -(-size // n_splits)
        for number, (_, test) in enumerate(found):
            share = sum(1 for row in test.tolist() if classes[row] == label)
            require(
                low <= share <= high,
                f"The test set of fold {number} has {share} of the {size} rows of the class "
                f"{label!r}; in {n_splits} folds it is to have "
                f"{low if low == high else f'{low} or {high}'}.",
                returned=f"test sets {by_test_set(found)}",
            )


@given(data=frequent(), seed=SEEDS)
@example(data=EVEN, seed=0)
@example(data=SORTED, seed=0)
@example(data=WORDS, seed=0)
@example(data=([0, 0, 0, 0, 1, 1, 1], 2), seed=0)
@example(data=(np.array([7, 7, -3, -3, -3, -3, 7]), 3), seed=3)
# Together they would be dealt evenly, but they are two classes.
@example(data=(["a", "A"] * 50, 10), seed=0)
def test_each_test_set_has_its_share_of_every_class(
    submission: Submission, data: tuple[Classes, int], seed: int
) -> None:
    """Of m rows of a class each test set holds m / n_splits, rounded down or up."""
    y, n_splits = data
    check_shares(y, folds(submission, y, n_splits, seed=seed))


def check_sizes(found: Folds, n: int) -> None:
    """Check that the test sets have as many rows as each other, give or take one."""
    n_splits = len(found)
    sizes = [len(test) for _, test in found]
    low, high = n // n_splits, -(-n // n_splits)
    require(
        all(low <= size <= high for size in sizes),
        f"{n} rows in {n_splits} folds make test sets of "
        f"{low if low == high else f'{low} or {high}'} rows. Do the rows that the classes leave "
        "over all go to the same folds?",
        returned=f"sizes {sizes}",
    )


@st.composite
def many_folds(draw: st.DrawFn) -> tuple[Array, int]:
    """As many rows as there may be with more than 10 folds, and up to as many folds as rows."""
    n_splits = draw(st.integers(11, 300))
    y = np.arange(300) % draw(st.integers(1, 5))
    return np.random.default_rng(draw(st.integers(0, 99))).permutation(y), n_splits


@given(data=st.one_of(*[frequent()] * 12, many_folds()), seed=SEEDS)
@example(data=LEFT_OVER, seed=0)
@example(data=([0, 0, 0, 1, 1, 1], 2), seed=0)
@example(data=([0] * 4 + [1] * 4 + [2] * 4 + [3] * 4, 3), seed=0)
# More folds than a uint8 can number.
@example(data=([0] * 150 + [1] * 150, 300), seed=0)
def test_the_test_sets_are_equal_in_size_give_or_take_one(
    submission: Submission, data: tuple[Classes, int], seed: int
) -> None:
    """Each test set holds n / n_splits rows in all, rounded down or up."""
    y, n_splits = data
    check_sizes(folds(submission, y, n_splits, seed=seed), len(y))


@given(data=rare(), seed=SEEDS)
@example(data=ONE_RARE, seed=0)
@example(data=ALL_RARE, seed=0)
@example(data=ONE_EACH, seed=0)
@example(data=([5, 6, 5, 6], 4), seed=1)
def test_a_class_with_fewer_rows_than_folds_is_no_error(
    submission: Submission, data: tuple[list[Any], int], seed: int
) -> None:
    """A class with fewer rows than n_splits is dealt out, at most one row to a test set."""
    y, n_splits = data
    found = folds(submission, y, n_splits, seed=seed)
    check_once(found, len(y))
    check_shares(y, found)
    check_sizes(found, len(y))
    # Joining lists makes floats of them where one is empty, as only such classes have it.
    for number, fold in enumerate(submission.stratified_k_fold(y, n_splits, seed=seed)):
        for part, name in zip(fold, ("train", "test"), strict=True):
            array(part, name=f"{name} of fold {number}", shape=(None,), kind="integer")


DEALT_SEEDS = 200
# A generator for each class is no help if two of them get the same seed: Python's hash is the same
# for -1 and -2, the next two are the same by abs and in 32 bits, the words have the same letters.
DEALT_CLASSES: list[list[Any]] = [[0, 1], [-1, -2], [-(2**31), 2**31], ["ab", "ba"]]


def check_dealt(y: list[Any], together: Array) -> None:
    """Check that any two rows were in one test set with some seeds, and not with others."""
    # Two rows of a class share a fold with the probability 3 / 11, two of different classes with
    # 1 / 3. So a given pair never does with 3e-28, always does with 1e-95, and there are 276 for
    # each of four y.
    for i in range(len(y)):
        for j in range(i):
            if 0 < together[i, j] < DEALT_SEEDS:
                continue
            how = "never" if together[i, j] == 0 else "always"
            which = (
                f"of the class {y[i]!r}"
                if y[i] == y[j]
                else f"of the classes {y[j]!r} and {y[i]!r}"
            )
            reject(
                f"The rows {j} and {i}, {which}, {how} share a test set with the seeds 0 to "
                f"{DEALT_SEEDS - 1}.",
                returned=f"{how} together",
                expected=f"together for {3 / 11 if y[i] == y[j] else 1 / 3:.0%} of the seeds",
            )


def test_rows_are_dealt_at_random_and_each_class_by_itself(submission: Submission) -> None:
    """Any two rows share a test set with some seeds, and do not with others."""
    # The classes take turns in an order without a period, in which a deal by position would show.
    second = [0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 0]
    for names in DEALT_CLASSES:
        y = np.array(names)[second]
        together = np.zeros((len(y), len(y)), dtype=int)
        for seed in range(DEALT_SEEDS):
            for _, test in folds(submission, y, 3, seed=seed):
                together[np.ix_(test, test)] += 1
        check_dealt(y.tolist(), together)


@given(data=frequent(), other=rare(), seed=SEEDS, examples=25)
@example(data=EVEN, other=ONE_EACH, seed=0)
@example(data=([0, 1] * 20, 4), other=EVEN, seed=2**32 - 1)
@example(data=([0, 1] * 20, 4), other=([0, 1] * 20, 4), seed=7)
def test_the_same_seed_gives_the_same_folds(
    submission: Submission, data: tuple[Classes, int], other: tuple[list[Any], int], seed: int
) -> None:
    """The same y, n_splits and seed give exactly the same answer, whatever came in between."""
    y, n_splits = data
    first = submission.stratified_k_fold(y, n_splits, seed=seed)
    folds(submission, *other, seed=seed)
    folds(submission, y, n_splits, seed=seed ^ 1)
    second = submission.stratified_k_fold(y, n_splits, seed=seed)
    same_answer(first, second, name="The answer", because="Only y, n_splits and seed may decide.")


@given(data=frequent(), examples=25)
@example(data=([0, 1] * 20, 2))
@example(data=(["a", "b", "a", "b", "a"] * 3, 2))
def test_the_defaults_are_five_folds_and_the_seed_zero(
    submission: Submission, data: tuple[Classes, int]
) -> None:
    """Leaving n_splits and seed out means n_splits=5 and seed=0."""
    y = np.tile(np.asarray(data[0]), 3)
    left_out = submission.stratified_k_fold(y)
    stated = submission.stratified_k_fold(y, 5, seed=0)
    because = "The defaults are n_splits=5 and seed=0."
    same_answer(stated, left_out, name="The answer", because=because)


@st.composite
def integer_classes(draw: st.DrawFn) -> Array:
    """Classes that are the least and the largest numbers of an integer type, or near them."""
    narrow = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
    low, high = int(narrow.min), int(narrow.max)
    names = draw(st.lists(st.sampled_from([low, high, low + 1, high - 1, 0, 3]), min_size=1))
    return np.array(draw(st.permutations([*names[:5], *names[:5], low, high])), dtype=narrow.dtype)


@given(y=integer_classes(), seed=SEEDS, examples=25)
@example(y=np.array([200, 3, 200, 3], np.uint8), seed=0)
@example(y=np.array([-128, 127, -128, 127], np.int8), seed=0)
@example(y=np.array([2**63 - 1, 2**63 - 2] * 2, np.int64), seed=0)
# The same in 32 bits.
@example(y=np.array([1, 2**32 + 1] * 20, np.int64), seed=0)
def test_classes_are_any_integers_of_any_type(submission: Submission, y: Array, seed: int) -> None:
    """Classes may be integers of any type, as small, as large and as far apart as it holds."""
    check_shares(y, folds(submission, y, 2, seed=seed))


@given(data=frequent(), seed=SEEDS, examples=25)
@example(data=([1, 0, 1, 0], 2), seed=0)
@example(data=(np.array([1, 0, 1, 0]), 2), seed=0)
def test_y_is_left_unchanged(submission: Submission, data: tuple[Classes, int], seed: int) -> None:
    """stratified_k_fold does not change y."""
    submission.stratified_k_fold(*data, seed=seed)
    unchanged(submission)


@given(data=frequent(), few=st.integers(-2, 1), more=st.integers(1, 3), examples=25)
@example(data=([0, 1, 0], 2), few=1, more=1)
@example(data=([0, 1, 0], 2), few=0, more=3)
def test_impossible_numbers_of_folds_are_refused(
    submission: Submission, data: tuple[Classes, int], few: int, more: int
) -> None:
    """ValueError is raised when n_splits is less than 2 or larger than the number of rows."""
    y, _ = data
    with raises(ValueError, "n_splits is less than 2"):
        submission.stratified_k_fold(y, few)
    with raises(ValueError, "n_splits is larger than n"):
        submission.stratified_k_fold(y, len(y) + more)


def dealt_out(y: Array) -> list[tuple[Array, Array]]:
    """What the growth is compared with: a shuffle, a sort by class, and ten masks."""
    shuffled = np.random.default_rng(0).permutation(len(y))
    fold = np.empty(len(y), dtype=int)
    fold[shuffled[np.argsort(y[shuffled], kind="stable")]] = np.arange(len(y)) % 10
    return [(np.flatnonzero(fold != turn), np.flatnonzero(fold == turn)) for turn in range(10)]


def classes_of(n: int, rng: np.random.Generator) -> tuple[Array]:
    """n rows of five classes of unlike sizes."""
    return (rng.choice(5, size=n, p=[0.4, 0.3, 0.15, 0.1, 0.05]),)


def ten_folds(submission: Submission, y: Array) -> None:
    """The call that is timed. Its answer must at least look like one."""
    folds(submission, y, 10, seed=0)


def test_the_cost_grows_like_that_of_sorting(submission: Submission) -> None:
    """Time and memory grow no faster than n * log(n): no row is looked up in a list of rows."""
    growth(
        submission,
        ten_folds,
        definition=dealt_out,
        on=classes_of,
        start=4_000,
        law="O(n * log(n))",
    )
