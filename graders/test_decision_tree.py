"""What a tree grown by Gini impurity must satisfy, whichever of equally good splits it takes.

The rows of X are sent down the tree that came back, and every node is judged by the rows that reach
it. Impurities are fractions of small numbers: for the 50 rows and less that most properties draw,
two different ones are at least 1 / (50 * 25**4) apart, which is more than 10**-8, while float64
computes each to some 10**-15. So the 10**-9 of the task tells equal ones from others.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES, matrices, signs
from trees import (
    Place,
    Tree,
    check_form,
    goes_left,
    narrow_integers,
    neighbours,
    places,
    real,
    thresholds,
    whole,
    without_own_keys,
)

from kata.grading import (
    Submission,
    array,
    budget,
    example,
    given,
    growth,
    raises,
    reject,
    require,
    same_answer,
    unchanged,
)

Array = np.ndarray[Any, Any]
Problem = tuple[Array, Array]
"""X and y."""
EQUAL = 1e-9


def described(X: Array, y: Array, place: Place) -> str:
    """The rows of a node, in words."""
    rows = [f"{X[i].tolist()} is {y[i]}" for i in place.rows[:5]]
    more = f", and {len(place.rows) - 5} more" if len(place.rows) > 5 else ""
    return f"{', '.join(rows)}{more}"


def gini(y: Array) -> float:
    """The Gini impurity of some rows of these classes."""
    shares = np.unique(y, return_counts=True)[1] / len(y)
    return float(1 - np.sum(shares**2))


def impurity_of_split(y: Array, left: Array) -> float:
    """The impurities of both sides, weighted by their numbers of rows."""
    share = left.mean()
    return float(share * gini(y[left]) + (1 - share) * gini(y[~left]))


def best_split(X: Array, y: Array) -> tuple[float, int, float] | None:
    """The lowest impurity of any split, its feature, and the value up to which rows go left."""
    n, classes = len(y), np.unique(y)
    best = None
    for j in range(X.shape[1]):
        order, ends = thresholds(X[:, j])
        if not len(ends):
            continue
        counts = np.cumsum(y[order][:, np.newaxis] == classes, axis=0)
        left, right = counts[ends], counts[-1] - counts[ends]
        size = (ends + 1).astype(float)
        # share * (1 - sum((counts / size)**2)), and the same on the right
        impurity = 1 - ((left**2).sum(axis=1) / size + (right**2).sum(axis=1) / (n - size)) / n
        i = int(impurity.argmin())
        if best is None or impurity[i] < best[0]:
            best = float(impurity[i]), j, float(X[order[ends[i]], j])
    return best


def grown(submission: Submission, X: Array, y: Array, **options: Any) -> Tree:
    """The tree for these arguments, checked for its form as far as the other checks need it."""
    tree = submission.grow_tree(X, y, **options)
    check_form(tree, X.shape[1], "label", real, "tree")
    return dict(tree)


def check_splits(tree: Tree, X: Array, y: Array) -> None:
    """Check that every inner node has rows on both sides, and that no split is better."""
    for place in places(tree, X):
        if place.is_leaf:
            continue
        left = goes_left(place.node, X[place.rows])
        rows = described(X, y, place)
        if left.all() or not left.any():
            reject(
                f"{place.path} sends all of its rows to one side. Its rows: {rows}.",
                returned=place.split,
                expected="rows on both sides",
            )
        found = best_split(X[place.rows], y[place.rows])
        impurity = impurity_of_split(y[place.rows], left)
        if found is not None and impurity > found[0] + EQUAL:
            lowest, other, value = found
            digits = 6 if impurity - lowest > 1e-5 else 12
            reject(
                f"{place.path} splits its rows with an impurity of {impurity:.{digits}g}, but "
                f"there is a split with {lowest:.{digits}g}. Its rows: {rows}.",
                returned=place.split,
                expected=f"feature {other}, threshold from {value!r} on",
            )


def reason_for_leaf(
    X: Array, y: Array, place: Place, max_depth: int | None, min_samples: int
) -> str:
    """Why this node has to be a leaf; nothing where it has to be split."""
    if len(np.unique(y[place.rows])) == 1:
        return "its rows are all of one class"
    if place.depth == max_depth:
        return f"it is max_depth = {max_depth} splits away from the root"
    if len(place.rows) < min_samples:
        return f"it has {len(place.rows)} rows, and min_samples is {min_samples}"
    if len(np.unique(X[place.rows], axis=0)) == 1:
        return "its rows are equal in every feature"
    return ""


def check_ends(
    tree: Tree, X: Array, y: Array, max_depth: int | None = None, min_samples: int = 2
) -> None:
    """Check that the tree ends only where it has to."""
    for place in places(tree, X):
        if place.is_leaf and not reason_for_leaf(X, y, place, max_depth, min_samples):
            reject(
                f"{place.path} is a leaf, though its rows are of several classes, differ in some "
                "feature, and neither max_depth nor min_samples forbids a split.",
                returned=place.node,
                expected=f"a split of {described(X, y, place)}",
            )


def check_stops(
    tree: Tree, X: Array, y: Array, max_depth: int | None = None, min_samples: int = 2
) -> None:
    """Check that the tree ends wherever it has to."""
    for place in places(tree, X):
        reason = reason_for_leaf(X, y, place, max_depth, min_samples)
        if reason and not place.is_leaf:
            reject(
                f"{place.path} is split, but it must be a leaf: {reason}.",
                returned=place.split,
                expected="a leaf",
            )


def check_labels(tree: Tree, X: Array, y: Array) -> None:
    """Check that every leaf has the label of most of its rows."""
    for place in places(tree, X):
        if not place.is_leaf:
            continue
        classes, counts = np.unique(y[place.rows], return_counts=True)
        most = classes[counts == counts.max()].tolist()
        require(
            place.node["label"] in most,
            f"{place.path} is a leaf whose rows have the classes {sorted(y[place.rows].tolist())}.",
            returned=place.node,
            expected=f"the label {' or '.join(map(str, most))}",
        )


def check(tree: Tree, X: Array, y: Array, **options: Any) -> None:
    """All of the above."""
    check_splits(tree, X, y)
    check_stops(tree, X, y, **options)
    check_ends(tree, X, y, **options)
    check_labels(tree, X, y)


def classes_for(draw: st.DrawFn, n: int) -> Array:
    """Classes for n rows, of few or many different ones."""
    pool = draw(
        st.sampled_from([[0, 1], [0, 1, 2], [-7, 3], [5], [1000, -1000, 0, 41], list(range(12))])
    )
    text = draw(st.binary(min_size=n, max_size=n))
    return np.resize(pool, 256)[np.frombuffer(text, dtype=np.uint8)]


@st.composite
def problems(draw: st.DrawFn, least: int = 1) -> Problem:
    """Up to a dozen rows, often with values that repeat, and some rows that do."""
    if draw(st.booleans()):
        X = draw(matrices(st.integers(least, 12), st.integers(1, 3)))
    else:
        n, d = draw(st.integers(least, 12)), draw(st.integers(1, 3))
        X = draw(signs(n, d))
    repeats = draw(st.lists(st.integers(0, len(X) - 1), max_size=4))
    # Powers of two, so that numbers that differ stay different; an eighth of 2**-30 is more than
    # 10**-10, and 8 * 2**16 less than 10**6.
    powers = [draw(st.sampled_from([1.0, 1.0, 2.0**-30, 2.0**16])) for _ in range(X.shape[1])]
    X = np.vstack([X, X[repeats]]) * powers
    if draw(st.booleans()):
        X[::2][X[::2] == 0] = -0.0  # equal to 0, though not to the bit
    return X, classes_for(draw, len(X))


@st.composite
def large_problems(draw: st.DrawFn) -> Problem:
    """From 30 to 50 rows whose classes depend on the features, with some noise."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    n, d, classes = draw(st.integers(30, 50)), draw(st.integers(1, 4)), draw(st.integers(2, 4))
    X = rng.normal(size=(n, d))
    if draw(st.booleans()):
        X = np.round(2 * X) / 2
    X[np.abs(X) < 1e-10] = 0
    y = np.floor(classes * rng.beta(2, 2, size=n)).astype(int)
    return X, np.where(rng.random(n) < 0.6, (X[:, 0] > 0) + (X[:, -1] > 0.5), y)


def in_halves(*left_sides: tuple[int, int]) -> Problem:
    """300 rows each of two classes. Each pair says of how many of them one of the features is 0."""
    i = np.arange(300)
    columns = [np.concatenate([i >= first, i >= second]) for first, second in left_sides]
    return np.array(columns, dtype=float).T, np.repeat([0, 1], 300)


def nearly_tied() -> st.SearchStrategy[Problem]:
    """600 rows whose two best splits differ by less than single precision can tell.

    Each left side has three rows more of one class than of the other. So the splits differ by the
    sizes of their sides alone: by nothing, or from 4 * 10**-9 to 10**-6.
    """
    sides = st.integers(130, 170).map(lambda k: (k, k + 3))
    return st.builds(in_halves, sides, sides)


def even(shares: list[int], groups: Array) -> Problem:
    """One group of rows for each row of groups, each with the same numbers of the same classes."""
    one = np.repeat(np.arange(len(shares)), shares)
    return np.repeat(groups, len(one), axis=0), np.tile(one, len(groups))


def bands(n: int, rng: np.random.Generator) -> tuple[Array, Array, int]:
    """Three classes, bands across the four features with blurred borders, for a tree of depth 4."""
    X = rng.uniform(-1, 1, size=(n, 4))
    place = X @ np.array([1.0, 0.8, 0.6, 0.4]) + rng.normal(size=n) / 4
    return X, np.searchsorted([-0.4, 0.4], place), 4


@st.composite
def without_gain(draw: st.DrawFn) -> Problem:
    """Up to 50 rows that no split makes purer; rounding says at times that it makes them worse."""
    shares = draw(st.sampled_from([[1, 1], [1, 2], [1, 1, 1], [1, 1, 2], [1, 2, 3], [1] * 5]))
    groups = draw(st.integers(2, 50 // sum(shares)))
    return even(shares, draw(signs(groups, draw(st.integers(1, 2)))))


def options_for(max_depth: int | None, min_samples: int | None) -> dict[str, Any]:
    """The arguments to name: those that are not None."""
    named = {"max_depth": max_depth, "min_samples": min_samples}
    return {key: value for key, value in named.items() if value is not None}


DEPTHS = st.sampled_from([None, None, 0, 1, 2, 3, 7])
LEAST = st.sampled_from([None, None, 1, 2, 3, 4, 5, 8, 100])

ONE_ROW = (np.array([[3.0, 1.0]]), np.array([4]))
STEP = (np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([0, 0, 0, 1]))
ALIKE = (np.array([[2.0, 1.0]] * 3), np.array([5, 5, -2]))
XOR = (np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0]))
# Splits of impurities 0.3, 0.2, 0.4 and 0.5: the sides count by their numbers of rows.
WEIGHTS = (np.array([[0.0], [1.0], [2.0], [3.0], [4.0]]), np.array([1, 0, 2, 2, 2]))
# The second feature separates the classes, the first one does so but for one row.
SECOND = (
    np.array([[1.0, 5.0], [2.0, 6.0], [3.0, 1.0], [4.0, 7.0], [5.0, 2.0], [6.0, 3.0]]),
    np.array([0, 0, 1, 0, 1, 1]),
)
# With both features two rows of eight are wrong; by Gini the second is better, for its pure side.
NO_ERRORS = (
    np.array([[0, 0], [0, 0], [0, 0], [0, 0], [1, 0], [1, 1], [1, 1], [1, 0]], dtype=float),
    np.array([0, 0, 0, 1, 0, 1, 1, 1]),
)
REPEATED = (np.array([[1.0], [1.0], [1.0], [2.0], [2.0], [3.0]]), np.array([0, 1, 0, 1, 1, 0]))
# A single row of another class among many; more rows than a tree of any depth is asked for.
NEARLY_PURE = (np.arange(400.0).reshape(400, 1), np.array([0] * 399 + [1]))
# More rows than the 256 quantiles of histogram boosting tell apart.
MANY = (
    np.arange(1000.0).reshape(1000, 1),
    np.searchsorted([101, 230, 333, 480, 517, 702, 811], np.arange(1000), side="right"),
)
# Groups of rows for even, by the numbers of equal ones.
ONE_FOUR_ONE = np.repeat([0.0, 1.0, 2.0], [1, 4, 1])[:, np.newaxis]
ONE_SIX_ONE = np.repeat([0.0, 1.0, 2.0], [1, 6, 1])[:, np.newaxis]
THREE = (np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]]), np.array([7, 7, -3, -3, 20, 20]))
# One value under two signs.
ZEROS = (np.array([[0.0], [-0.0]]), np.array([0, 1]))


@given(problem=problems(), max_depth=DEPTHS, min_samples=LEAST, examples=25)
# Rounding to a few decimals leaves no row on one of the sides.
@example(problem=(STEP[0] * 2.0**-30, STEP[1]), max_depth=None, min_samples=None)
@example(problem=STEP, max_depth=None, min_samples=None)
@example(problem=ONE_ROW, max_depth=None, min_samples=None)
@example(problem=THREE, max_depth=0, min_samples=None)
@example(problem=ALIKE, max_depth=None, min_samples=1)
def test_a_tree_is_made_of_the_promised_dictionaries(
    submission: Submission, problem: Problem, max_depth: int | None, min_samples: int | None
) -> None:
    """A tree is a dict; inner nodes have feature, threshold, left and right, leaves a label."""
    X, y = problem
    tree = submission.grow_tree(X, y, **options_for(max_depth, min_samples))
    check_form(tree, X.shape[1], "label", whole, "tree")


@given(
    problem=st.one_of(problems(), large_problems(), nearly_tied()),
    max_depth=DEPTHS,
    min_samples=LEAST,
)
@example(problem=STEP, max_depth=None, min_samples=None)
@example(problem=WEIGHTS, max_depth=None, min_samples=None)
@example(problem=SECOND, max_depth=1, min_samples=None)
@example(problem=NO_ERRORS, max_depth=1, min_samples=None)
@example(problem=REPEATED, max_depth=None, min_samples=None)
@example(problem=THREE, max_depth=None, min_samples=1)
@example(problem=XOR, max_depth=None, min_samples=None)
@example(problem=MANY, max_depth=3, min_samples=None)
# The better split has an impurity lower by 3 * 10**-8.
@example(problem=in_halves((155, 158), (141, 144)), max_depth=1, min_samples=None)
@example(problem=in_halves((141, 144), (155, 158)), max_depth=1, min_samples=None)
# As many rows as there ever are: whether all of them are looked at.
@example(problem=bands(4000, np.random.default_rng(0))[:2], max_depth=2, min_samples=None)
def test_no_other_split_of_a_node_is_better(
    submission: Submission, problem: Problem, max_depth: int | None, min_samples: int | None
) -> None:
    """No feature and threshold would split the rows of a node with a lower Gini impurity."""
    if max_depth is None and len(problem[1]) > 50:
        max_depth = 3  # without it no call is given more rows
    tree = grown(submission, *problem, **options_for(max_depth, min_samples))
    check_splits(tree, *problem)


@given(
    problem=st.one_of(problems(), large_problems(), without_gain()),
    max_depth=DEPTHS,
    min_samples=LEAST,
)
@example(problem=STEP, max_depth=None, min_samples=None)
@example(problem=XOR, max_depth=None, min_samples=None)
@example(problem=REPEATED, max_depth=None, min_samples=2)
@example(problem=THREE, max_depth=2, min_samples=4)
@example(problem=STEP, max_depth=None, min_samples=4)
@example(problem=(np.array([[0.0], [1.0]]), np.array([3, 4])), max_depth=None, min_samples=None)
@example(problem=NEARLY_PURE, max_depth=1, min_samples=None)
# Every split leaves the impurity as it is, but for the rounding: by some of the usual formulas all
# are worse than none with the first of the two, by the others with the second.
@example(problem=even([1] * 5, ONE_FOUR_ONE), max_depth=None, min_samples=None)
@example(problem=even([1, 2], ONE_SIX_ONE), max_depth=None, min_samples=None)
def test_a_node_is_split_wherever_it_may_be(
    submission: Submission, problem: Problem, max_depth: int | None, min_samples: int | None
) -> None:
    """A node of several classes is split, even where the best split lowers no impurity."""
    options = options_for(max_depth, min_samples)
    check_ends(grown(submission, *problem, **options), *problem, **options)


@given(problem=st.one_of(problems(), large_problems()), max_depth=DEPTHS, min_samples=LEAST)
@example(problem=STEP, max_depth=None, min_samples=None)
@example(problem=THREE, max_depth=0, min_samples=None)
@example(problem=THREE, max_depth=1, min_samples=None)
@example(problem=THREE, max_depth=None, min_samples=5)
@example(problem=STEP, max_depth=None, min_samples=5)
@example(problem=(np.array([[0.0], [1.0]]), np.array([3, 3])), max_depth=None, min_samples=None)
@example(problem=ZEROS, max_depth=None, min_samples=None)
def test_a_node_is_a_leaf_wherever_it_must_be(
    submission: Submission, problem: Problem, max_depth: int | None, min_samples: int | None
) -> None:
    """Rows of one class, max_depth and min_samples make a node a leaf."""
    options = options_for(max_depth, min_samples)
    check_stops(grown(submission, *problem, **options), *problem, **options)


@given(problem=st.one_of(problems(), large_problems()), max_depth=DEPTHS, min_samples=LEAST)
@example(problem=ALIKE, max_depth=None, min_samples=None)
@example(problem=WEIGHTS, max_depth=0, min_samples=None)
@example(problem=STEP, max_depth=None, min_samples=100)
@example(
    problem=(np.array([[0.0], [1.0], [2.0], [3.0], [4.0]]), np.array([9, 9, 9, -8, -8])),
    max_depth=0,
    min_samples=None,
)
@example(problem=THREE, max_depth=1, min_samples=None)
def test_a_leaf_has_the_class_of_most_of_its_rows(
    submission: Submission, problem: Problem, max_depth: int | None, min_samples: int | None
) -> None:
    """The label of a leaf is the most frequent class of its rows."""
    tree = grown(submission, *problem, **options_for(max_depth, min_samples))
    check_labels(tree, *problem)


@st.composite
def neighbouring(draw: st.DrawFn) -> Problem:
    """Rows whose values are a few steps of float64 from each other."""
    X = draw(neighbours())
    return X, classes_for(draw, len(X))


ULP = float(np.spacing(1.0))


@given(problem=neighbouring(), examples=30)
# The midpoint of the two is rounded to the upper one.
@example(problem=(np.array([[1 + ULP], [1 + 2 * ULP]]), np.array([0, 1])))
@example(problem=(np.array([[1.0], [1 + ULP], [1 + 2 * ULP]]), np.array([0, 1, 0])))
@example(problem=(np.array([[0.0], [1e-10], [2e-10]]), np.array([0, 1, 0])))
def test_values_that_differ_in_the_last_bit_are_told_apart(
    submission: Submission, problem: Problem
) -> None:
    """Two values as near to each other as float64 permits still are different ones."""
    check(grown(submission, *problem), *problem)


@st.composite
def of_integers(draw: st.DrawFn) -> Problem:
    """X and y of integer types."""
    X = draw(narrow_integers(INTEGER_DTYPES))
    kind = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
    return X, np.clip(classes_for(draw, len(X)), kind.min, kind.max).astype(kind.dtype)


@given(problem=of_integers(), max_depth=st.sampled_from([None, 2]), examples=30)
@example(
    problem=(np.array([[100], [120], [110]], dtype=np.int8), np.array([0, 1, 0], dtype=np.int8)),
    max_depth=None,
)
@example(
    problem=(np.array([[250], [255], [3]], dtype=np.uint8), np.array([0, 1, 2], dtype=np.uint8)),
    max_depth=None,
)
@example(
    problem=(np.array([[-1], [0], [1]], dtype=np.int8), np.array([0, 1, 0], dtype=np.int16)),
    max_depth=None,
)
# The classes are further apart than int8 reaches.
@example(
    problem=(np.array([[1], [2], [3]], dtype=np.int8), np.array([-100, 100, 27], dtype=np.int8)),
    max_depth=None,
)
# More rows of a class than int8 can count.
@example(
    problem=(
        np.repeat([0, 1, 2, 3], 64).reshape(256, 1).astype(np.int8),
        np.repeat([5, -9], [190, 66]).astype(np.int8),
    ),
    max_depth=2,
)
def test_integer_arrays_give_trees_like_any_other(
    submission: Submission, problem: Problem, max_depth: int | None
) -> None:
    """X and y of any integer type are understood as the numbers that they hold."""
    X, y = problem
    options = options_for(max_depth, None)
    tree = grown(submission, X, y, **options)
    check(tree, X.astype(np.int64), y.astype(np.int64), **options)
    # An object under a key of the learner's own would not come back as the object that it was.
    check_predictions(submission, without_own_keys(tree, "label"), X)


def label_of(node: Tree, x: Array) -> int:
    """The label of the leaf that the row reaches."""
    while "feature" in node:
        left = float(x[int(node["feature"])]) <= float(node["threshold"])
        node = node["left"] if left else node["right"]
    return int(node["label"])


def check_predictions(submission: Submission, tree: Tree, X: Array) -> None:
    """Check that predict gives the labels of the leaves that the rows reach."""
    labels = submission.predict(tree, X)
    array(labels, name="labels", shape=(len(X),), kind="integer")
    expected = [label_of(tree, x) for x in X.astype(float)]
    require(
        labels.tolist() == expected,
        "A row goes left when x[feature] <= threshold, else right, until it is at a leaf.",
        returned=labels,
        expected=expected,
    )


FEATURES = (int, np.intp, np.uint8)
THRESHOLDS = (float, np.float64)
LABELS = (int, np.int64, np.int32, np.int16)


def tree_of(d: int, numbers: Iterator[int], levels: int = 4, plain: bool = True) -> Tree:
    """A tree that nobody need have grown, for d features, made of numbers from 0 to 255.

    One that is not plain holds NumPy's numbers too, of several types.
    """
    number = next(numbers, 0)
    if number < 100 or not levels:
        label = 10 * next(numbers, 0) - 1000
        return {"label": label if plain else LABELS[number % len(LABELS)](label)}
    feature, threshold = number % d, next(numbers, 0) % 32 / 4 - 4
    return {
        "feature": feature if plain else FEATURES[number % len(FEATURES)](feature),
        "threshold": threshold if plain else THRESHOLDS[number % len(THRESHOLDS)](threshold),
        "left": tree_of(d, numbers, levels - 1, plain),
        "right": tree_of(d, numbers, levels - 1, plain),
    }


@st.composite
def walks(draw: st.DrawFn) -> tuple[Tree, Array]:
    """A tree and rows for it, some of them at a threshold exactly, or of an integer type."""
    X = draw(st.one_of(matrices(st.integers(1, 9), st.integers(1, 3)), few_integers()))
    numbers = iter(draw(st.binary(min_size=1, max_size=40)))
    return tree_of(X.shape[1], numbers, plain=draw(st.booleans())), X


@st.composite
def few_integers(draw: st.DrawFn) -> Array:
    """Rows of an integer type, near the thresholds that trees are made with."""
    X = draw(matrices(st.integers(1, 9), st.integers(1, 3)))
    kind = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
    clipped: Array = np.clip(X, kind.min, None).astype(kind.dtype)
    return clipped


INNER = {"feature": 1, "threshold": 0.5, "left": {"label": 7}, "right": {"label": -3}}
UNEVEN = {"feature": 0, "threshold": 1.0, "left": INNER, "right": {"label": 300}}

BELOW_ZERO = {"feature": 0, "threshold": -0.5, "left": {"label": 1}, "right": {"label": 2}}


@given(walk=walks())
@example(walk=({"label": 4}, np.array([[1.0], [2.0], [0.0]])))
@example(walk=(INNER, np.array([[9.0, 0.5], [9.0, 0.625], [-9.0, 0.375]])))
@example(walk=(UNEVEN, np.array([[1.0, 0.0], [1.0, 1.0], [2.0, 0.0], [2.0, 1.0]])))
@example(walk=(UNEVEN, np.array([[2.0, 0.0]])))
@example(walk=(UNEVEN, np.array([[1 + ULP, 0.0], [1 - ULP, 0.0]])))
# Neither the labels nor the thresholds need fit into the type of X.
@example(walk=(UNEVEN, np.array([[1, 0], [2, 0]], dtype=np.int8)))
@example(walk=(BELOW_ZERO, np.array([[0], [-1]])))
@example(walk=(BELOW_ZERO, np.array([[0], [9]], dtype=np.uint8)))
def test_predict_takes_each_row_to_its_leaf_in_any_tree(
    submission: Submission, walk: tuple[Tree, Array]
) -> None:
    """predict gives the label of the leaf that a row reaches, in any tree of the given form."""
    check_predictions(submission, *walk)


@given(problem=problems(), other=problems(), max_depth=DEPTHS, min_samples=LEAST, examples=25)
@example(problem=XOR, other=STEP, max_depth=None, min_samples=None)
@example(
    problem=(np.array([[float(j % 2)] * 6 for j in range(4)]), np.array([0, 1, 0, 1])),
    other=XOR,
    max_depth=1,
    min_samples=None,
)
def test_equal_calls_give_equal_trees(
    submission: Submission,
    problem: Problem,
    other: Problem,
    max_depth: int | None,
    min_samples: int | None,
) -> None:
    """The same arguments give the same tree, whatever was called in between."""
    options = options_for(max_depth, min_samples)
    X, y = problem
    first = grown(submission, X, y, **options)
    grown(submission, *other)
    turned = y[::-1].copy()
    check_labels(grown(submission, X, turned, **options), X, turned)
    # In the same order of memory, which may decide in what order numbers are added up.
    second = grown(submission, X.copy(order="K"), y.copy(), **options)
    because = "Only X, y, max_depth and min_samples may decide."
    trees = (without_own_keys(first, "label"), without_own_keys(second, "label"))
    same_answer(*trees, name="The tree", because=because)


@given(problem=problems(), walk=walks(), examples=20)
@example(
    problem=(np.array([[3.0, 1.0], [1.0, 3.0], [2.0, 2.0]]), np.array([2, 0, 1])),
    walk=(UNEVEN, np.array([[1.0, 0.0], [2.0, 0.0]])),
)
@example(problem=ZEROS, walk=(UNEVEN, np.array([[-0.0, 0.0], [2.0, -0.0]])))
def test_arguments_are_left_unchanged(
    submission: Submission, problem: Problem, walk: tuple[Tree, Array]
) -> None:
    """grow_tree does not change X and y, predict neither the tree nor X."""
    submission.grow_tree(*problem)
    submission.predict(*walk)
    unchanged(submission)


@given(
    problem=problems(),
    bad=st.sampled_from([np.nan, np.inf, -np.inf]),
    at=st.integers(0, 99),
    less=st.integers(1, 3),
    examples=20,
)
@example(problem=STEP, bad=np.nan, at=0, less=1)
@example(problem=STEP, bad=np.inf, at=3, less=1)
@example(problem=ONE_ROW, bad=-np.inf, at=1, less=2)
def test_impossible_arguments_are_refused(
    submission: Submission, problem: Problem, bad: float, at: int, less: int
) -> None:
    """grow_tree raises ValueError for each of the arguments that the task lists."""
    X, y = problem
    with raises(ValueError, "max_depth is negative"):
        submission.grow_tree(X, y, max_depth=-less)
    with raises(ValueError, "min_samples is less than 1"):
        submission.grow_tree(X, y, min_samples=1 - less)
    with raises(ValueError, "X has one dimension"):
        submission.grow_tree(X[:, 0], y)
    with raises(ValueError, "X has three dimensions"):
        submission.grow_tree(X[:, :, np.newaxis], y)
    with raises(ValueError, "X has no rows"):
        submission.grow_tree(X[:0], y[:0])
    with raises(ValueError, "y is longer than X"):
        submission.grow_tree(X, np.append(y, 1))
    with raises(ValueError, "y has two dimensions"):
        submission.grow_tree(X, y[:, np.newaxis])
    broken = X.copy()
    broken.flat[at % X.size] = bad
    with raises(ValueError, f"X holds {bad}"):
        submission.grow_tree(broken, y)


def sorted_splits(X: Array, y: Array, max_depth: int) -> list[tuple[int, float]]:
    """What the costs are compared with: for each node and feature, a sort and cumulative sums."""
    found = []
    nodes = [(np.arange(len(y)), 0)]
    while nodes:
        rows, depth = nodes.pop()
        if depth == max_depth or len(np.unique(y[rows])) == 1:
            continue
        best = (-1.0, 0, 0.0)
        for j in range(X.shape[1]):
            order = rows[np.argsort(X[rows, j])]
            values = X[order, j]
            left = np.cumsum(y[order][:, np.newaxis] == np.arange(3), axis=0)[:-1]
            right = np.bincount(y[rows], minlength=3) - left
            size = np.arange(1, len(rows))
            pure = (left**2).sum(axis=1) / size + (right**2).sum(axis=1) / (len(rows) - size)
            pure[values[1:] == values[:-1]] = -1
            i = int(pure.argmax())
            if pure[i] > best[0]:
                best = (pure[i], j, values[i])
        _, j, value = best
        found.append((j, value))
        left_side = X[rows, j] <= value
        nodes += [(rows[left_side], depth + 1), (rows[~left_side], depth + 1)]
    return found


def grown_to(submission: Submission, X: Array, y: Array, max_depth: int) -> None:
    """The call that is timed. Its tree must be as deep as it may be."""
    check_ends(grown(submission, X, y, max_depth=max_depth), X, y, max_depth=max_depth)


def wide_bands(n: int, rng: np.random.Generator) -> tuple[Array, Array, int]:
    """The same with integers, which spread as far as the task lets them."""
    X, y, depth = bands(n, rng)
    return np.rint(X * 10**6).astype(np.int64), y, depth


def test_2_000_rows_take_at_most_20_times_as_long_as_cumulative_sums(
    submission: Submission,
) -> None:
    """2,000 rows take at most 20 times as long as NumPy that sorts and takes cumulative sums."""
    # Of the answers under solutions/, plain Python that moves one row at a time takes 4.4 times as
    # long, counting all rows anew for each threshold 31 times. Dictionaries of counts, keys that
    # are functions, and the like take 10 times; a table of all whole numbers in between 470 times.
    for draw in (bands, wide_bands):
        budget(
            submission,
            grown_to,
            definition=sorted_splits,
            on=functools.partial(draw, 2000),
            times=20,
            usual=0.009,
        )


def test_the_cost_grows_like_n_log_n(submission: Submission) -> None:
    """Time and memory grow like n log n with the rows: a sort, and one pass over the thresholds."""
    growth(
        submission,
        grown_to,
        definition=sorted_splits,
        on=bands,
        start=1000,
        law="O(d * n * log(n) * depth)",
    )
