"""What boosted regression trees must satisfy, whichever of several equally good splits they take.

The grader sends the rows of X down the trees that came back, adds up the predictions itself, and
judges every node by the residuals of its rows. A right answer may add in another order or compute a
squared error from sums of squares. With s the largest |y|, each of the at most 200 rounds changes
a prediction by some 10**-16 * s through rounding, and a sum of n squares of residuals by some
10**-15 * n * s**2. The 10**-9 of the task leaves room for 10,000 times as much.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES, matrices, signs, vectors
from trees import (
    Tree,
    check_form,
    goes_left,
    narrow_integers,
    neighbours,
    places,
    real,
    thresholds,
    without_own_keys,
)

from kata.grading import (
    Submission,
    array,
    assume,
    budget,
    close,
    example,
    given,
    growth,
    number,
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


def fit(submission: Submission, X: Array, y: Array, **options: Any) -> Any:
    """A model of the submission's, fitted to these rows."""
    model = submission.GradientBoosting(**options)
    returned = model.fit(X, y)
    require(returned == model, "fit does not return the model itself.", returned=returned)
    return model


def parts(model: Any, d: int, rounds: int) -> tuple[float, list[Tree]]:
    """The model's constant and its trees, checked as far as the other checks need it."""
    base, trees = model.base_, model.trees_
    real(base, name="base_")
    if not isinstance(trees, list | tuple):
        reject("trees_ is not a list.", returned=trees, expected="a list")
    require(
        len(trees) == rounds,
        f"trees_ has {len(trees)} trees after {rounds} rounds.",
        returned=trees,
        expected=f"{rounds} trees",
    )
    for i, tree in enumerate(trees):
        check_form(tree, d, "value", real, f"trees_[{i}]")
    return float(base), [without_own_keys(tree, "value") for tree in trees]


def predictions(model: Any, X: Array) -> Array:
    """What predict gives, checked for its type and shape."""
    got = model.predict(X)
    return array(got, name="predict(X)", shape=(len(X),), kind="float", dtype=np.float64)


def stages(model: Any, X: Array, rounds: int) -> Array:
    """What staged_predict gives, checked for its type and shape."""
    got = model.staged_predict(X)
    name = "staged_predict(X)"
    return array(got, name=name, shape=(rounds + 1, len(X)), kind="float", dtype=np.float64)


def value_of(node: Tree, x: Array) -> float:
    """The value of the leaf that the row reaches."""
    while "feature" in node:
        left = float(x[int(node["feature"])]) <= float(node["threshold"])
        node = node["left"] if left else node["right"]
    return float(node["value"])


def values_of(tree: Tree, X: Array) -> Array:
    """The values of the leaves that the rows reach."""
    return np.array([value_of(tree, x) for x in X])


def squared_error(r: Array) -> float:
    """The sum of the squared differences from the mean."""
    return float(((r - r.mean()) ** 2).sum())


def best_split(X: Array, r: Array) -> tuple[float, int, float] | None:
    """The lowest squared error of any split, its feature, and the value up to which rows go left.

    With c the differences from the mean of all rows, a side of m rows takes sum(c)**2 / m off.
    """
    n, c = len(r), r - r.mean()
    best = None
    for j in range(X.shape[1]):
        order, ends = thresholds(X[:, j])
        if not len(ends):
            continue
        left = np.cumsum(c[order])[ends]
        errors = (c**2).sum() - left**2 / (ends + 1) - (c.sum() - left) ** 2 / (n - ends - 1)
        i = int(errors.argmin())
        if best is None or errors[i] < best[0]:
            best = float(errors[i]), j, float(X[order[ends[i]], j])
    return best


def described(X: Array, r: Array, rows: Array) -> str:
    """The rows of a node and their residuals, in words."""
    some = [f"{X[i].tolist()} with {r[i]:.6g}" for i in rows[:4]]
    more = f", and {len(rows) - 4} more" if len(rows) > 4 else ""
    return f"{', '.join(some)}{more}"


def residuals(base: float, trees: list[Tree], rate: float, X: Array, y: Array) -> list[Array]:
    """What is left of y before each of the trees."""
    F = np.full(len(X), base)
    found = []
    for tree in trees:
        found.append(y - F)
        F = F + rate * values_of(tree, X)
    return found


def check_splits(base: float, trees: list[Tree], rate: float, X: Array, y: Array) -> None:
    """Check that every inner node has rows on both sides, and that no split is better."""
    equal = EQUAL * len(y) * np.abs(y).max() ** 2
    for t, r in enumerate(residuals(base, trees, rate, X, y)):
        for place in places(trees[t], X, f"trees_[{t}]"):
            if place.is_leaf:
                continue
            rows = place.rows
            left = goes_left(place.node, X[rows])
            its_rows = f"Its rows and their residuals: {described(X, r, rows)}."
            if left.all() or not left.any():
                reject(
                    f"{place.path} sends all of its rows to one side. {its_rows}",
                    returned=place.split,
                    expected="rows on both sides",
                )
            error = squared_error(r[rows[left]]) + squared_error(r[rows[~left]])
            found = best_split(X[rows], r[rows])
            if found is not None and error > found[0] + equal:
                lowest, other, value = found
                reject(
                    f"{place.path} splits its rows with a squared error of {error:.6g}, but there "
                    f"is a split with {lowest:.6g}. {its_rows}",
                    returned=place.split,
                    expected=f"feature {other}, threshold from {value!r} on",
                )


def check_values(base: float, trees: list[Tree], rate: float, X: Array, y: Array) -> None:
    """Check that the value of each leaf is the mean of the residuals of its rows."""
    equal = EQUAL * np.abs(y).max()
    for t, r in enumerate(residuals(base, trees, rate, X, y)):
        for place in places(trees[t], X, f"trees_[{t}]"):
            if place.is_leaf:
                close(
                    float(place.node["value"]),
                    float(r[place.rows].mean()),
                    within=equal,
                    name=f'{place.path}["value"]',
                    because="It is the mean of the residuals of its rows: "
                    f"{described(X, r, place.rows)}.",
                )


def check_ends(
    base: float, trees: list[Tree], rate: float, X: Array, y: Array, max_depth: int
) -> None:
    """Check that a leaf above max_depth cannot be improved."""
    equal = EQUAL * len(y) * np.abs(y).max() ** 2
    for t, r in enumerate(residuals(base, trees, rate, X, y)):
        for place in places(trees[t], X, f"trees_[{t}]"):
            if not place.is_leaf or place.depth == max_depth:
                continue
            rows = place.rows
            found = best_split(X[rows], r[rows])
            if found is not None and found[0] < squared_error(r[rows]) - equal:
                reject(
                    f"{place.path} is a leaf {place.depth} splits away from the root, with a "
                    f"squared error of {squared_error(r[rows]):.6g}; a split has {found[0]:.6g}.",
                    returned=place.node,
                    expected=f"feature {found[1]}, threshold from {found[2]!r} on",
                )


def check_depths(trees: list[Tree], X: Array, max_depth: int) -> None:
    """Check that no leaf is more than max_depth splits away from the root."""
    for t, tree in enumerate(trees):
        for place in places(tree, X, f"trees_[{t}]"):
            if place.depth == max_depth and not place.is_leaf:
                reject(
                    f"{place.path} is split, but it is max_depth = {max_depth} splits away from "
                    "the root.",
                    returned=place.split,
                    expected="a leaf",
                )


def check_base(base: float, y: Array) -> None:
    """Check that the constant is the mean of y."""
    within = EQUAL * np.abs(y).max()
    close(base, float(y.mean()), within=within, name="base_", because="It is the mean of y.")


@st.composite
def problems(draw: st.DrawFn, least: int = 1) -> Problem:
    """Up to a dozen rows, often with values that repeat, and some rows that do."""
    if draw(st.booleans()):
        X = draw(matrices(st.integers(least, 10), st.integers(1, 3)))
    else:
        n, d = draw(st.integers(least, 10)), draw(st.integers(1, 3))
        X = draw(signs(n, d))
    repeats = draw(st.lists(st.integers(0, len(X) - 1), max_size=3))
    # Powers of two, so that numbers that differ stay different; an eighth of 2**-16 is more than
    # 10**-6, and 8 * 2**16 less than 10**6.
    powers = [draw(st.sampled_from([1.0, 1.0, 2.0**-16, 2.0**16])) for _ in range(X.shape[1])]
    X = np.vstack([X, X[repeats]]) * powers
    # With the last of these, y differs by less than an absolute tolerance may let through.
    units = [(1, 0), (1, 0), (2.0**-16, 0), (2.0**13, 0), (1, 100), (2.0**-26, 2.0**-19)]
    scale, shift = draw(st.sampled_from(units))
    return X, draw(vectors(len(X))) * scale + shift


def corners(more: float, swapped: bool) -> Problem:
    """Four rows of which one feature splits off a little more than the other, by about 2 * more."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return (X[:, ::-1] if swapped else X), np.array([0.0, 1.0, 1.0 + more, 2.0])


@st.composite
def larger_problems(draw: st.DrawFn, least: int = 20, most: int = 40) -> Problem:
    """So many rows that follow a function of the features, with some noise."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    n, d = draw(st.integers(least, most)), draw(st.integers(1, 4))
    X = rng.uniform(-1, 1, size=(n, d))
    if draw(st.booleans()):
        X = np.round(4 * X) / 4
    X[np.abs(X) < 1e-6] = 0
    return X, np.sin(3 * X[:, 0]) + X[:, -1] * X[:, 0] + rng.normal(size=n) / 4


ROUNDS = st.sampled_from([1, 2, 3, 6])
RATES = st.sampled_from([0.1, 0.5, 0.3, 1.0, 1, 0.03])
DEPTHS = st.sampled_from([1, 1, 2, 3, 5])

ONE_ROW = (np.array([[3.0, 1.0]]), np.array([4.0]))
STEP = (np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([0.0, 0.0, 0.0, 8.0]))
LINE = (np.array([[1.0], [2.0], [3.0], [5.0]]), np.array([1.0, 2.0, 4.0, 9.0]))
ALIKE = (np.array([[2.0, 1.0]] * 3), np.array([5.0, 5.0, -2.0]))
CONSTANT = (np.array([[2.0, 1.0], [1.0, 0.0], [0.0, 4.0]]), np.array([0.1, 0.1, 0.1]))
SECOND = (
    np.array([[1.0, 5.0], [2.0, 6.0], [3.0, 1.0], [4.0, 7.0], [5.0, 2.0], [6.0, 3.0]]),
    np.array([1.0, 2.0, 7.0, 1.0, 8.0, 9.0]),
)
REPEATED = (
    np.array([[1.0], [1.0], [1.0], [2.0], [2.0], [3.0]]),
    np.array([0.0, 9.0, 1.0, 8.0, 9.0, 2.0]),
)
# Without the last digits of y, splitting off the first row is as good as splitting off the last.
NEARLY_TIED = (np.arange(4.0).reshape(4, 1), np.array([1.0, 0.0, 0.0, 1 + 2e-8]))
# All residuals are 5 * 10**-9, which is half a per cent of y all the same.
NEARLY_ALIKE = (np.arange(4.0).reshape(4, 1), np.array([1e-6, 1e-6, 1.01e-6, 1.01e-6]))
# Each round leaves half of the residuals. After 12 rounds a split still takes off 3 * 10**-8.
HALVED = (np.arange(4.0).reshape(4, 1), np.array([0.0, 1.0, 0.0, 0.0]))
# So many different values that one may be tempted to try some thresholds only.
MANY_VALUES = (
    np.random.default_rng(0).permutation(1000)[:, np.newaxis] / 8,
    np.random.default_rng(1).normal(size=1000),
)
# Of the squared error of 200 rows the best split takes half a per cent off.
ALTERNATING = (np.arange(200.0).reshape(200, 1), np.tile([1.0, -1.0], 100))
# A long way to go: after some rounds each one takes little off.
SQUARES = (np.arange(16.0).reshape(16, 1), np.arange(16.0) ** 2)
# One row far from the others on each side: sides of one row and of many.
UNEVEN = (np.arange(8.0).reshape(8, 1), np.array([9.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, -7.0]))


@given(
    problem=problems(), rounds=st.sampled_from([0, 1, 2, 5]), rate=RATES, depth=DEPTHS, examples=25
)
@example(problem=STEP, rounds=2, rate=0.5, depth=1)
@example(problem=LINE, rounds=0, rate=0.5, depth=1)
@example(problem=ONE_ROW, rounds=2, rate=0.1, depth=2)
@example(problem=ALIKE, rounds=1, rate=1, depth=1)
@example(problem=CONSTANT, rounds=3, rate=0.1, depth=1)
def test_fit_returns_the_model_with_a_constant_and_its_trees(
    submission: Submission, problem: Problem, rounds: int, rate: float, depth: int
) -> None:
    """fit returns the model; base_ is a float, trees_ a list of `rounds` trees of dicts."""
    X, y = problem
    model = fit(submission, X, y, rounds=rounds, learning_rate=rate, max_depth=depth)
    parts(model, X.shape[1], rounds)
    number(model.base_, name="base_")
    trees = model.trees_
    require(isinstance(trees, list), "trees_ is not a list.", returned=trees, expected="a list")


@given(problem=problems(), whole=st.booleans(), rounds=st.sampled_from([0, 1]), examples=25)
@example(problem=STEP, whole=False, rounds=0)
@example(problem=(LINE[0], LINE[1] + 1000), whole=False, rounds=1)
@example(problem=(LINE[0], np.array([1.0, 2.0, 4.0, 8.0])), whole=True, rounds=1)
def test_the_constant_is_the_mean_of_y(
    submission: Submission, problem: Problem, whole: bool, rounds: int
) -> None:
    """base_ is the mean of y."""
    X, y = problem
    y = np.round(y).astype(int) if whole else y
    base, _ = parts(fit(submission, X, y, rounds=rounds), X.shape[1], rounds)
    check_base(base, y)


@given(
    problem=st.one_of(problems(), larger_problems()),
    rounds=ROUNDS,
    rate=RATES,
    depth=DEPTHS,
    examples=30,
)
@example(problem=STEP, rounds=1, rate=0.5, depth=1)
@example(problem=LINE, rounds=3, rate=0.5, depth=1)
@example(problem=LINE, rounds=2, rate=1, depth=2)
@example(problem=REPEATED, rounds=2, rate=0.5, depth=3)
@example(problem=ALIKE, rounds=2, rate=0.5, depth=2)
def test_the_value_of_a_leaf_is_the_mean_of_its_residuals(
    submission: Submission, problem: Problem, rounds: int, rate: float, depth: int
) -> None:
    """The value of a leaf is the mean of the residuals of its rows, not yet shrunken."""
    X, y = problem
    model = fit(submission, X, y, rounds=rounds, learning_rate=rate, max_depth=depth)
    check_values(*parts(model, X.shape[1], rounds), rate, X, y)


@given(
    problem=st.one_of(
        problems(),
        larger_problems(),
        larger_problems(300, 600),
        st.builds(corners, st.sampled_from([1e-6, 1e-5, -1e-6, 1e-4]), st.booleans()),
    ),
    rounds=ROUNDS,
    rate=RATES,
    depth=DEPTHS,
    examples=40,
)
@example(problem=STEP, rounds=1, rate=0.5, depth=1)
@example(problem=UNEVEN, rounds=3, rate=0.5, depth=1)
@example(problem=SECOND, rounds=3, rate=0.5, depth=1)
@example(problem=SECOND, rounds=2, rate=0.5, depth=2)
@example(problem=REPEATED, rounds=2, rate=0.5, depth=3)
@example(problem=LINE, rounds=3, rate=0.1, depth=1)
@example(problem=NEARLY_TIED, rounds=1, rate=0.5, depth=1)
@example(problem=corners(1e-6, swapped=False), rounds=1, rate=0.5, depth=1)
@example(problem=corners(1e-6, swapped=True), rounds=1, rate=0.5, depth=1)
@example(problem=MANY_VALUES, rounds=3, rate=1, depth=2)
def test_no_other_split_of_a_node_is_better(
    submission: Submission, problem: Problem, rounds: int, rate: float, depth: int
) -> None:
    """No feature and threshold would split the rows of a node with a lower squared error."""
    X, y = problem
    model = fit(submission, X, y, rounds=rounds, learning_rate=rate, max_depth=depth)
    check_splits(*parts(model, X.shape[1], rounds), rate, X, y)


@given(
    problem=st.one_of(problems(), larger_problems()),
    rounds=st.integers(1, 2),
    depth=st.integers(1, 4),
    examples=25,
)
@example(problem=LINE, rounds=1, depth=1)
@example(problem=LINE, rounds=2, depth=2)
@example(problem=UNEVEN, rounds=1, depth=2)
def test_no_leaf_is_deeper_than_max_depth(
    submission: Submission, problem: Problem, rounds: int, depth: int
) -> None:
    """No leaf is more than max_depth splits away from the root."""
    X, y = problem
    model = fit(submission, X, y, rounds=rounds, max_depth=depth)
    check_depths(parts(model, X.shape[1], rounds)[1], X, depth)


@given(
    problem=st.one_of(problems(), larger_problems()),
    rounds=st.sampled_from([1, 2, 3, 6, 15]),
    rate=RATES,
    depth=DEPTHS,
    examples=25,
)
@example(problem=STEP, rounds=2, rate=0.5, depth=1)
@example(problem=LINE, rounds=1, rate=0.5, depth=2)
@example(problem=UNEVEN, rounds=1, rate=0.5, depth=5)
@example(problem=ALTERNATING, rounds=1, rate=0.5, depth=1)
@example(problem=(np.array([[0.0], [1.0]]), np.array([1e-5, 3e-5])), rounds=3, rate=0.5, depth=1)
@example(problem=NEARLY_ALIKE, rounds=1, rate=0.5, depth=1)
@example(problem=HALVED, rounds=15, rate=0.5, depth=2)
def test_a_leaf_above_max_depth_cannot_be_improved(
    submission: Submission, problem: Problem, rounds: int, rate: float, depth: int
) -> None:
    """A leaf that is fewer than max_depth splits away has no split with a lower squared error."""
    X, y = problem
    model = fit(submission, X, y, rounds=rounds, learning_rate=rate, max_depth=depth)
    check_ends(*parts(model, X.shape[1], rounds), rate, X, y, depth)


@given(
    problem=st.one_of(problems(least=2), larger_problems()),
    rounds=ROUNDS,
    rate=RATES,
    depth=DEPTHS,
    examples=30,
)
@example(problem=STEP, rounds=2, rate=0.5, depth=1)
@example(problem=LINE, rounds=6, rate=0.1, depth=1)
@example(problem=LINE, rounds=3, rate=1, depth=1)
@example(problem=LINE, rounds=2, rate=1, depth=3)
@example(problem=SQUARES, rounds=110, rate=0.1, depth=1)
def test_the_loss_falls_with_each_round(
    submission: Submission, problem: Problem, rounds: int, rate: float, depth: int
) -> None:
    """Each round takes off the loss what the best split does, by the part that the rate leaves."""
    X, y = problem
    model = fit(submission, X, y, rounds=rounds, learning_rate=rate, max_depth=depth)
    F = stages(model, X, rounds)
    losses = ((y - F) ** 2).sum(axis=1)
    # A leaf whose residuals have the mean m moves its rows by the rate times m. That takes
    # rate * (2 - rate) * m**2 off for each row; more leaves than two only take off more.
    equal = 2 * EQUAL * len(y) * np.abs(y).max() ** 2
    for i in range(rounds):
        found = best_split(X, y - F[i])
        gain = 0.0 if found is None else squared_error(y - F[i]) - found[0]
        least = rate * (2 - rate) * gain
        require(
            losses[i] - losses[i + 1] >= least - equal,
            f"Round {i + 1} takes {losses[i] - losses[i + 1]:.6g} off the loss. The best single "
            f"split takes {gain:.6g} off the squared error of the residuals, and with a learning "
            f"rate of {rate} at least {least:.6g} of it.",
            returned=f"losses {losses.tolist()}",
        )


@given(
    problem=problems(),
    new=matrices(st.integers(1, 6), st.just(3)),
    rounds=st.sampled_from([0, 1, 2, 6]),
    rate=RATES,
    depth=DEPTHS,
    examples=20,
)
@example(problem=LINE, new=np.eye(3) * 4, rounds=2, rate=0.5, depth=1)
@example(problem=LINE, new=np.eye(3) * 4, rounds=0, rate=0.5, depth=1)
@example(problem=SECOND, new=np.array([[3.0, 4.0, 0.0]]), rounds=3, rate=0.1, depth=2)
@example(problem=SECOND, new=SECOND[0][:, [0, 1, 1]], rounds=3, rate=1, depth=2)
def test_predict_adds_up_what_the_trees_give(
    submission: Submission, problem: Problem, new: Array, rounds: int, rate: float, depth: int
) -> None:
    """predict is base_ plus learning_rate times the sum of what the trees give."""
    X, y = problem
    new = new[:, : X.shape[1]]
    model = fit(submission, X, y, rounds=rounds, learning_rate=rate, max_depth=depth)
    base, trees = parts(model, X.shape[1], rounds)
    expected = base + rate * sum((values_of(tree, new) for tree in trees), np.zeros(len(new)))
    within = EQUAL * np.abs(y).max()
    because = "It is base_ + learning_rate * (the sum of the trees)."
    close(predictions(model, new), expected, within=within, name="predict(X_new)", because=because)


@given(
    problem=problems(),
    new=matrices(st.integers(1, 6), st.just(3)),
    rounds=st.sampled_from([0, 1, 2, 6]),
    rate=RATES,
    depth=DEPTHS,
    examples=20,
)
@example(problem=LINE, new=np.eye(3) * 4, rounds=2, rate=0.5, depth=1)
@example(problem=LINE, new=np.eye(3) * 4, rounds=0, rate=0.5, depth=1)
@example(problem=SECOND, new=np.array([[3.0, 4.0, 0.0]]), rounds=3, rate=0.1, depth=2)
def test_staged_predict_has_a_row_for_each_number_of_trees(
    submission: Submission, problem: Problem, new: Array, rounds: int, rate: float, depth: int
) -> None:
    """Row i of staged_predict holds the predictions with the first i trees only."""
    X, y = problem
    new = new[:, : X.shape[1]]
    model = fit(submission, X, y, rounds=rounds, learning_rate=rate, max_depth=depth)
    base, trees = parts(model, X.shape[1], rounds)
    rows = [np.full(len(new), base)]
    for tree in trees:
        rows.append(rows[-1] + rate * values_of(tree, new))
    close(
        stages(model, new, rounds),
        np.array(rows),
        within=EQUAL * np.abs(y).max(),
        name="staged_predict(X_new)",
        because="Row i is base_ + learning_rate * (the sum of the first i trees).",
    )


@given(problem=problems(), examples=5)
@example(problem=LINE)
@example(problem=SECOND)
def test_the_defaults_are_100_rounds_of_a_single_split(
    submission: Submission, problem: Problem
) -> None:
    """Leaving all out means rounds=100, learning_rate=0.1 and max_depth=1."""
    X, y = problem
    left_out = fit(submission, X, y)
    stated = fit(submission, X, y, rounds=100, learning_rate=0.1, max_depth=1)
    because = "The defaults are rounds=100, learning_rate=0.1 and max_depth=1."
    trees = (parts(stated, X.shape[1], 100), parts(left_out, X.shape[1], 100))
    same_answer(*trees, name="The model", because=because)
    same_answer(predictions(stated, X), predictions(left_out, X), name="predict", because=because)


ULP = float(np.spacing(1.0))


@st.composite
def neighbouring(draw: st.DrawFn) -> Problem:
    """Rows whose values are a few steps of float64 from each other."""
    X = draw(neighbours())
    return X, draw(vectors(len(X)))


@given(problem=neighbouring(), depth=st.integers(1, 2), examples=25)
# The midpoint of the two is rounded to the upper one.
@example(problem=(np.array([[1 + ULP], [1 + 2 * ULP]]), np.array([0.0, 1.0])), depth=1)
@example(problem=(np.array([[1.0], [1 + ULP], [1 + 2 * ULP]]), np.array([0.0, 1.0, 0.0])), depth=2)
@example(problem=(np.array([[0.0], [1e-6], [2e-6]]), np.array([0.0, 1.0, 1.0])), depth=1)
def test_values_that_differ_in_the_last_bit_are_told_apart(
    submission: Submission, problem: Problem, depth: int
) -> None:
    """Two values as near to each other as float64 permits still are different ones."""
    X, y = problem
    model = fit(submission, X, y, rounds=2, learning_rate=0.5, max_depth=depth)
    base, trees = parts(model, X.shape[1], 2)
    check_splits(base, trees, 0.5, X, y)
    check_ends(base, trees, 0.5, X, y, depth)
    expected = base + 0.5 * (values_of(trees[0], X) + values_of(trees[1], X))
    within = EQUAL * np.abs(y).max()
    close(predictions(model, X), expected, within=within, name="predict(X)")


@st.composite
def of_integers(draw: st.DrawFn) -> Problem:
    """X and y of integer types."""
    X = draw(narrow_integers(INTEGER_DTYPES))
    y = draw(narrow_integers(INTEGER_DTYPES))
    return X, np.resize(y, len(X))


@st.composite
def rows_to_ask_for(draw: st.DrawFn) -> Array:
    """A few rows of three features, floats or integers of any type."""
    if draw(st.booleans()):
        return draw(matrices(st.integers(1, 6), st.just(3)))
    drawn = draw(narrow_integers(INTEGER_DTYPES))
    return np.resize(drawn, (len(drawn), 3))


@given(problem=of_integers(), new=rows_to_ask_for(), depth=st.integers(1, 2), examples=25)
@example(
    problem=(np.array([[100], [120], [110]], dtype=np.int8), np.array([100, -100, 120], np.int8)),
    new=np.array([[111, 0, 0], [-128, 0, 0]], dtype=np.int8),
    depth=1,
)
@example(
    problem=(np.array([[250], [255], [3]], dtype=np.uint8), np.array([0, 255, 2], np.uint8)),
    new=np.array([[-1, 0, 0], [256, 0, 0]]),
    depth=1,
)
@example(
    problem=(np.array([[-1], [0], [1]], dtype=np.int8), np.array([0, 10**6, 3], np.int32)),
    new=np.zeros((1, 3)),
    depth=2,
)
# Cut off to integers, or wrapped around in the type of X, these are other numbers.
@example(
    problem=(np.array([[-1], [0], [1]], dtype=np.int8), np.array([-5, 0, 5], np.int8)),
    new=np.array([[-0.875, 0.0, 0.0], [0.875, 0.0, 0.0], [255.0, 0.0, 0.0], [-255.0, 0.0, 0.0]]),
    depth=2,
)
def test_integer_arrays_are_fitted_like_the_same_floats(
    submission: Submission, problem: Problem, new: Array, depth: int
) -> None:
    """X, y and X_new of any types, not always the same, are understood as the numbers they hold."""
    X, y = problem
    new = new[:, : X.shape[1]]
    model = fit(submission, X, y, rounds=2, learning_rate=0.5, max_depth=depth)
    base, trees = parts(model, X.shape[1], 2)
    floats = X.astype(float)
    check_splits(base, trees, 0.5, floats, y.astype(float))
    within = EQUAL * np.abs(y.astype(float)).max()
    for rows, name in ((X, "predict(X)"), (new, "predict(X_new)")):
        numbers = rows.astype(float)
        expected = base + 0.5 * (values_of(trees[0], numbers) + values_of(trees[1], numbers))
        close(predictions(model, rows), expected, within=within, name=name)


def curves(X: Array, seed: int) -> Array:
    """The sum of four smooth functions, one of each feature, none of them weak."""
    rng = np.random.default_rng(seed)
    kinds = (np.sin, np.cos, np.tanh, lambda u: u**2 / 3)
    total = np.zeros(len(X))
    for j in range(4):
        kind = kinds[rng.integers(4)]
        total += rng.uniform(0.7, 1.5) * kind(rng.uniform(2, 3.5) * X[:, j] + rng.uniform(-1, 1))
    return total


def errors_of_single_trees(X: Array, y: Array, X_new: Array, truth: Array) -> list[float]:
    """The mean squared errors of the greedy regression trees of depth 0, 1, 2 and so on."""
    F, errors = np.empty(len(X_new)), []
    level = [(np.arange(len(X)), np.arange(len(X_new)))]
    while level:
        below = []
        for rows, new in level:
            F[new] = y[rows].mean()
            found = best_split(X[rows], y[rows])
            if found is not None and len(new):
                _, j, value = found
                left, new_left = X[rows, j] <= value, X_new[new, j] <= value
                below += [(rows[left], new[new_left]), (rows[~left], new[~new_left])]
        errors.append(float(((F - truth) ** 2).mean()))
        level = below
    return errors


@given(seed=st.integers(0, 10**6), examples=2)
@example(seed=0)
def test_many_shrunken_stumps_beat_the_best_single_tree(submission: Submission, seed: int) -> None:
    """On a sum of smooth functions 200 stumps err at most half as much as any single tree."""
    rng = np.random.default_rng(seed)
    X, X_new = rng.uniform(-1, 1, size=(300, 4)), rng.uniform(-1, 1, size=(500, 4))
    truth = curves(X_new, seed)
    y = curves(X, seed) + rng.normal(size=300) / 4
    model = fit(submission, X, y, rounds=200, learning_rate=0.1, max_depth=1)
    error = float(((predictions(model, X_new) - truth) ** 2).mean())
    best = min(errors_of_single_trees(X, y, X_new, truth))
    # The share is 0.2 on average and at most 0.36 in 150 such samples.
    require(
        error <= best / 2,
        f"The mean squared error on 500 new rows is {error:.3g}. That of the best single tree is "
        f"{best:.3g}, and 200 stumps should come to at most half of that.",
        returned=f"{error:.6g}",
        expected=f"at most {best / 2:.6g}",
    )


@st.composite
def two_problems(draw: st.DrawFn) -> tuple[Problem, Problem]:
    """Two problems, which often have their shapes in common, and X or y too.

    Whoever keeps something of a fit may know it again by any of these.
    """
    X, y = problem = draw(problems())
    order = draw(st.permutations(range(len(X))))
    others = (draw(problems()), (X[order], y), (X, y[order]), (X[order], draw(vectors(len(X)))))
    return problem, draw(st.sampled_from(others))


@given(both=two_problems(), depth=DEPTHS, examples=16)
@example(both=(LINE, STEP), depth=1)
@example(both=(LINE, (LINE[0], LINE[1][::-1].copy())), depth=2)
# The same shape and numbers, but in another order.
@example(both=(LINE, (LINE[0][::-1].copy(), LINE[1])), depth=1)
@example(both=(SECOND, (SECOND[0][:, ::-1].copy(), SECOND[1])), depth=2)
@example(
    both=(
        (np.array([[float(i)] * 6 for i in range(4)]), np.array([0.0, 3.0, 1.0, 8.0])),
        SECOND,
    ),
    depth=1,
)
def test_a_fit_forgets_the_one_before_and_models_share_nothing(
    submission: Submission, both: tuple[Problem, Problem], depth: int
) -> None:
    """A second fit forgets the first, another model changes nothing here, nor does asking."""
    (X, y), other = both
    options: dict[str, Any] = {"rounds": 3, "learning_rate": 0.5, "max_depth": depth}
    model = fit(submission, X, y, **options)
    first = parts(model, X.shape[1], 3), predictions(model, X), stages(model, X, 3)
    second = fit(submission, *other, **options)
    again = parts(model, X.shape[1], 3), predictions(model, X), stages(model, X, 3)
    because = "Only another model was fitted, and this one asked, in between."
    same_answer(first, again, name="The model", because=because)
    # As many rows as before, but other ones.
    base, trees = first[0]
    expected = base + 0.5 * sum((values_of(tree, X + 1) for tree in trees), np.zeros(len(X)))
    within = EQUAL * np.abs(y).max()
    because = "The model was asked for as many other rows before."
    close(predictions(model, X + 1), expected, within=within, name="predict", because=because)
    last = stages(model, X + 1, 3)[-1]
    close(last, expected, within=within, name="staged_predict(X)[-1]", because=because)
    asked = X if X.shape[1] == other[0].shape[1] else other[0]
    predictions(second, asked)
    stages(second, asked, 3)
    # In the same order of memory, which may decide in what order numbers are added up.
    second.fit(X.copy(order="K"), y.copy())
    refitted = parts(second, X.shape[1], 3), predictions(second, X), stages(second, X, 3)
    because = "The second model had been fitted to other data before."
    same_answer(first, refitted, name="The model", because=because)


@given(problem=problems(), depth=DEPTHS, examples=15)
@example(problem=SECOND, depth=1)
@example(problem=(np.array([[3.0], [1.0], [2.0]]), np.array([3.0, 1.0, 5.0])), depth=2)
def test_arguments_are_left_unchanged(submission: Submission, problem: Problem, depth: int) -> None:
    """No method changes the arrays that it is given."""
    X, y = problem
    model = submission.GradientBoosting(rounds=2, learning_rate=0.5, max_depth=depth)
    model.fit(X, y)
    model.predict(X)
    model.staged_predict(X)
    unchanged(submission)


@given(
    problem=problems(least=2),
    bad=st.sampled_from([np.nan, np.inf, -np.inf]),
    at=st.integers(0, 99),
    less=st.integers(1, 3),
    examples=10,
)
@example(problem=STEP, bad=np.nan, at=0, less=1)
@example(problem=STEP, bad=np.inf, at=3, less=1)
def test_fit_refuses_what_it_cannot_use(
    submission: Submission, problem: Problem, bad: float, at: int, less: int
) -> None:
    """ValueError is raised for each argument of the model and of fit that the task lists."""
    X, y = problem

    def build(X: Array, y: Array, **options: Any) -> None:
        submission.GradientBoosting(**options).fit(X, y)

    with raises(ValueError, "rounds is negative"):
        build(X, y, rounds=-less)
    with raises(ValueError, "learning_rate is 0"):
        build(X, y, learning_rate=0.0)
    with raises(ValueError, "learning_rate is negative"):
        build(X, y, learning_rate=-less / 8)
    with raises(ValueError, "learning_rate is above 1"):
        build(X, y, learning_rate=1 + less / 8)
    with raises(ValueError, "max_depth is less than 1"):
        build(X, y, max_depth=1 - less)
    with raises(ValueError, "X has one dimension"):
        build(X[:, 0], y, rounds=2)
    with raises(ValueError, "X has three dimensions"):
        build(X[:, :, np.newaxis], y, rounds=2)
    with raises(ValueError, "X has no rows"):
        build(X[:0], y[:0], rounds=2)
    with raises(ValueError, "y is longer than X"):
        build(X, np.append(y, 1.0), rounds=2)
    with raises(ValueError, "y holds one value and X several rows"):
        build(X, y[:1], rounds=2)
    with raises(ValueError, "y has two dimensions"):
        build(X, y[:, np.newaxis], rounds=2)
    broken = X.copy()
    broken.flat[at % X.size] = bad
    with raises(ValueError, f"X holds {bad}"):
        build(broken, y, rounds=2)
    broken = y.copy()
    broken[at % y.size] = bad
    with raises(ValueError, f"y holds {bad}"):
        build(X, broken, rounds=2)


@given(
    problem=problems(),
    bad=st.sampled_from([np.nan, np.inf, -np.inf]),
    at=st.integers(0, 99),
    fewer=st.booleans(),
    staged=st.booleans(),
    examples=15,
)
@example(problem=SECOND, bad=np.nan, at=0, fewer=True, staged=False)
@example(problem=SECOND, bad=-np.inf, at=0, fewer=True, staged=True)
@example(problem=LINE, bad=np.inf, at=0, fewer=False, staged=False)
@example(problem=LINE, bad=np.nan, at=0, fewer=False, staged=True)
def test_predictions_are_refused_for_other_columns_and_missing_values(
    submission: Submission, problem: Problem, bad: float, at: int, fewer: bool, staged: bool
) -> None:
    """predict and staged_predict raise ValueError for another shape, NaN and infinity."""
    X, y = problem
    d = X.shape[1]
    assume(d > 1 or not fewer)
    model = fit(submission, X, y, rounds=2)
    ask = model.staged_predict if staged else model.predict
    other = np.ones((2, d - 1 if fewer else d + 1))
    with raises(ValueError, f"X_new has {other.shape[1]} columns after a fit on {d}"):
        ask(other)
    with raises(ValueError, "X_new has one dimension"):
        ask(X[0])
    with raises(ValueError, "X_new has three dimensions"):
        ask(X[:, :, np.newaxis])
    broken = X.copy()
    broken.flat[at % X.size] = bad
    with raises(ValueError, f"X_new holds {bad}"):
        ask(broken)


def sorted_rounds(X: Array, y: Array, rounds: int, max_depth: int) -> Array:
    """What the costs are compared with: for each node and feature, a sort and cumulative sums."""
    F = np.full(len(y), y.mean())
    for _ in range(rounds):
        r = y - F
        nodes = [(np.arange(len(y)), 0)]
        while nodes:
            rows, depth = nodes.pop()
            if depth == max_depth or len(rows) == 1:
                F[rows] += 0.1 * r[rows].mean()
                continue
            best = (-1.0, 0, 0.0)
            for j in range(X.shape[1]):
                order = rows[np.argsort(X[rows, j])]
                values = X[order, j]
                left = np.cumsum(r[order])
                size = np.arange(1, len(rows))
                gain = left[:-1] ** 2 / size + (left[-1] - left[:-1]) ** 2 / (len(rows) - size)
                gain[values[1:] == values[:-1]] = -1
                i = int(gain.argmax())
                if gain[i] > best[0]:
                    best = (gain[i], j, values[i])
            _, j, value = best
            left_side = X[rows, j] <= value
            nodes += [(rows[left_side], depth + 1), (rows[~left_side], depth + 1)]
    return F


def noisy(n: int, d: int, rng: np.random.Generator) -> Problem:
    """Rows of d features, two at least, and a y that depends on all of them and on chance."""
    X = rng.uniform(-1, 1, size=(n, d))
    return X, np.sin(3 * X).sum(axis=1) + X[:, 0] * X[:, 1] + rng.normal(size=n) / 4


def fitted(submission: Submission, X: Array, y: Array, rounds: int, max_depth: int) -> None:
    """The call that is timed. Its trees must at least look like some."""
    model = fit(submission, X, y, rounds=rounds, learning_rate=0.1, max_depth=max_depth)
    parts(model, X.shape[1], rounds)


def test_1_000_rows_take_at_most_18_times_as_long_as_cumulative_sums(
    submission: Submission,
) -> None:
    """Ten rounds on 1,000 rows take at most 18 times as long as NumPy with cumulative sums."""
    # Of the answers under solutions/, the slowest accepted one takes 7 to 11 times as long (plain
    # Python that moves one row at a time), the fastest that is rejected for it 28 to 33 times (a
    # matrix of all values and thresholds).
    budget(
        submission,
        fitted,
        definition=sorted_rounds,
        on=lambda rng: (*noisy(1000, 4, rng), 10, 2),
        times=18,
        usual=0.011,
    )


def test_the_cost_grows_in_proportion_to_the_rounds(submission: Submission) -> None:
    """Time and memory grow in proportion to the rounds: a round asks no earlier tree again."""
    growth(
        submission,
        fitted,
        definition=sorted_rounds,
        on=lambda rounds, rng: (*noisy(100, 2, rng), rounds, 1),
        start=50,
        law="O(rounds * d * n * log(n))",
        size="rounds",
    )
