"""What the minimum of the Lasso's objective must satisfy.

The objective is convex, so the conditions of Karush, Kuhn and Tucker hold at a minimum and nowhere
else. They are checked at the answer itself: no other program's weights are needed.

Each part of the path has a property of its own, and so has the intercept: all others look at
the weights only.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES, matrices, vectors

from kata.grading import (
    Submission,
    array,
    assume,
    budget,
    close,
    example,
    given,
    number,
    pair,
    raises,
    reject,
    require,
    same_answer,
    unchanged,
)

Array = np.ndarray[Any, Any]
Data = tuple[Array, Array]
EPS = float(np.finfo(float).eps)
TOLERANCE = 1e-6
"""How far the conditions may be missed, in standard deviations, as the task says."""


def answer(submission: Submission, X: Array, y: Array, alpha: float) -> tuple[Array, Any]:
    """The weights, checked for their shape, and the intercept as it comes."""
    found = submission.lasso(X, y, alpha)
    if not isinstance(found, tuple | list) or len(found) != 2:
        reject("The answer is not a tuple of two.", returned=found, expected="(coef, intercept)")
    coef, intercept = found
    return array(coef, name="coef", shape=(X.shape[1],), kind="number"), intercept


def centred(values: Array) -> Array:
    """The columns, or the vector, less their means; constant ones exactly 0."""
    floats = values.astype(np.longdouble)
    same = (values == values[:1]).all(axis=0)
    return np.asarray(np.where(same, 0, floats - floats.mean(axis=0)), dtype=float)


def deviations(X: Array) -> Array:
    """The standard deviation of each column, its sum of squares divided by n."""
    found: Array = np.sqrt((centred(X) ** 2).mean(axis=0))
    return found


def residual_rounding(X: Array, y: Array, coef: Array) -> float:
    """How far rounding alone may put each residual off.

    Whoever computes y - X @ coef - intercept rounds each of its d + 2 terms, at their own size, far
    from the origin if that is where they lie; and the means from which the intercept is made have
    an error of n roundings. 4 is for the few operations on the way to each term.
    """
    n, d = X.shape
    largest = np.abs(X.astype(float)).max(axis=0)
    terms = np.abs(y.astype(float)).max() + largest @ np.abs(coef)
    return float(4 * (n + d + 2) * EPS * terms)


def gradient(X: Array, y: Array, coef: Array) -> Array:
    """g_j, with a residual whose mean is taken off: the intercept is a matter of its own."""
    residuals = centred(y).astype(np.longdouble) - centred(X).astype(np.longdouble) @ coef
    return np.asarray(centred(X).T.astype(np.longdouble) @ residuals / len(X), dtype=float)


def slack(X: Array, y: Array, coef: Array) -> Array:
    """How far g_j may be off, for each j: the task's tolerance, and rounding."""
    s = deviations(X)
    within: Array = s * (TOLERANCE * float(deviations(y)) + residual_rounding(X, y, coef))
    return within


def check_conditions(X: Array, y: Array, alpha: float, coef: Array) -> None:
    """Check that each weight is where the objective has its minimum."""
    g, within = gradient(X, y, coef), slack(X, y, coef)
    for j, (weight, slope, allowed) in enumerate(zip(coef, g, within, strict=True)):
        shown = f"coef = {coef.tolist()}, alpha = {alpha}"
        if weight == 0 and abs(slope) > alpha + allowed:
            reject(
                f"coef[{j}] is 0, but g_{j} is {slope:.6g}: a weight other than 0 is better.",
                returned=shown,
                expected=f"g_{j} between -alpha and alpha, or a weight that brings it there",
            )
        target = float(np.sign(weight)) * alpha
        if weight != 0 and abs(slope - target) > allowed:
            less = abs(slope) < alpha
            reject(
                f"coef[{j}] is {weight:.6g}, but g_{j} is {slope:.6g} and not {target:.6g}: "
                + ("less weight is better." if less else "another weight is better."),
                returned=shown,
                expected=f"g_{j} = {target:.6g}, or a weight of exactly 0",
            )


def check_intercept(X: Array, y: Array, coef: Array, intercept: Any) -> None:
    """Check that the residuals have the mean 0."""
    best = np.longdouble(0) + y.astype(np.longdouble).mean()
    best -= X.astype(np.longdouble).mean(axis=0) @ coef
    within = TOLERANCE * float(deviations(y)) + residual_rounding(X, y, coef)
    close(
        number(intercept, name="intercept"),
        float(best),
        within=within,
        name="intercept",
        because="With this intercept the residuals have the mean 0.",
    )


def check_weights(submission: Submission, X: Array, y: Array, alpha: float) -> None:
    """Ask for an answer and check its weights."""
    check_conditions(X, y, alpha, answer(submission, X, y, alpha)[0])


def largest_alpha(X: Array, y: Array) -> float:
    """From here on the path is at its end: all weights are 0."""
    return float(np.abs(gradient(X, y, np.zeros(X.shape[1]))).max())


def is_well_conditioned(X: Array) -> bool:
    """Whether no choice of columns is nearly dependent, as the task promises.

    The columns' means are taken off and their lengths are made 1. If the singular values of all
    columns together were enough, this would be one line; but of dependent columns a few may be
    nearly dependent among themselves. Nor is a column nearly another, or nearly its opposite: of
    such two, coordinate descent moves the weight from one to the other in thousands of passes.
    """
    C = centred(X)
    C = C[:, C.any(axis=0)]
    lengths = np.linalg.norm(C, axis=0)
    C = C / lengths
    d = C.shape[1]
    parallel = np.abs(C.T @ C) > 1 - 1e-9
    factors = lengths[:, np.newaxis] / lengths
    if np.any(parallel & (factors > 0.9) & (factors < 1 - 1e-9)):
        return False
    for chosen in range(1, 2**d):
        columns = [j for j in range(d) if chosen >> j & 1]
        values = np.linalg.svd(C[:, columns], compute_uv=False)
        if np.any((values > 1e-9) & (values < 0.1)):
            return False
    return True


SHARES = st.sampled_from([0.1, 0.5, 0.01, 0.9, 0.3, 0.02])
"""alpha, as a share of where all weights become 0; with less, but more than 0,
coordinate descent takes tens of thousands of sweeps to move weight among dependent columns."""
SHARES_AND_0 = st.one_of(SHARES, st.just(0.0))


@st.composite
def tables(draw: st.DrawFn, most_rows: int = 9, most_columns: int = 4) -> Data:
    """X and y without structure, at times with more columns than rows, or a constant column."""
    X = draw(matrices(st.integers(1, most_rows), st.integers(1, most_columns)))
    if draw(st.integers(0, 3)) == 3:
        X = X.copy()
        X[:, draw(st.integers(0, X.shape[1] - 1))] = X[0, 0]
    assume(is_well_conditioned(X))
    return X, draw(vectors(len(X)))


@st.composite
def problems(draw: st.DrawFn, shares: st.SearchStrategy[float] = SHARES) -> tuple[Data, float]:
    """Data, and an alpha somewhere along the path."""
    X, y = draw(tables())
    return (X, y), draw(shares) * largest_alpha(X, y)


LINE = (np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 2.0, 5.0]))
PLANE = (
    np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 3.0], [4.0, 1.0], [1.0, 5.0]]),
    np.array([2.0, -1.0, 3.0, 8.0, -4.0]),
)
# The first column is of use only as long as the second is not there.
CORRELATED = (
    np.array([[0.0, 0.0, 1.0], [1.0, 1.5, 0.0], [2.0, 1.5, 1.0], [3.0, 3.5, 0.0], [5.0, 5.0, 4.0]]),
    np.array([0.0, 3.0, 3.0, 7.0, 10.0]),
)
# The slope of the first column is 0, until the second one has its weight.
LATE = (
    np.array([[1.0, 2.0], [-1.0, 0.0], [1.0, 0.0], [-1.0, -2.0]]),
    np.array([4.0, 4.0, -4.0, -4.0]),
)
# All weights are 0 from 0.8 on, and there the slope of the first column is 0. Without its weight it
# is more than 0.48 at 0.48, though no column varies more than another.
LATE_AND_EVEN = (
    np.array([[-1, 0, 1], [-1, 1, 1], [1, 1, 0], [1, -1, -1], [0, -1, -1]], dtype=float),
    np.array([6.0, -6.0, -1.0, 1.0, -5.0]),
)
WIDE = (np.array([[1.0, 2.0, 0.0, 4.0], [0.0, 1.0, 3.0, 0.0]]), np.array([1.0, 4.0]))
WITH_CONSTANT = (
    np.array([[3.0, 0.0, 1.0], [3.0, 1.0, 1.0], [3.0, 2.0, 0.0], [3.0, 4.0, 2.0]]),
    np.array([1.0, 2.0, 2.0, 5.0]),
)
ONE_ROW = (np.array([[2.0, -1.0]]), np.array([3.0]))
SCALED = (PLANE[0] * np.array([1000.0, 0.01]), PLANE[1])
# As near to dependent as is allowed: without a penalty a descent needs more than a thousand passes.
SLOW = (
    np.array(
        [
            [-6.0, -6.0, -7.0, -7.0, -6.0],
            [-6.0, -6.0, -5.0, -5.0, -5.0],
            [0.0, 0.0, 0.0, -1.0, -1.0],
            [-4.0, -6.0, -4.0, -5.0, -6.0],
            [-8.0, -8.0, -9.0, -8.0, -10.0],
            [8.0, 9.0, 6.0, 8.0, 4.0],
            [-6.0, -9.0, -8.0, -7.0, -8.0],
            [-5.0, -7.0, -5.0, -7.0, -6.0],
            [-7.0, -5.0, -7.0, -6.0, -6.0],
        ]
    ),
    np.array([4.0, -1.0, 2.0, 0.0, 3.0, -2.0, 1.0, -4.0, 2.0]),
)
FAR = (PLANE[0] + np.array([-5000.0, 7000.0]), PLANE[1])
WIDE_AND_FAR = (
    np.array([[1.0, 2.0, 0.0, 4.0], [0.0, 1.0, 3.0, 0.0], [1.0, 0.0, 1.0, 2.0]])
    + np.array([4000.0, 4000.0, -7000.0, 9000.0]),
    np.array([2.0, -1.0, 3.0]),
)


@st.composite
def copied(draw: st.DrawFn) -> tuple[Data, float]:
    """Data with columns that are copies or multiples of others."""
    X, y = draw(tables(most_columns=3))
    j = draw(st.integers(0, X.shape[1] - 1))
    X = np.column_stack([X, X[:, j] * draw(st.sampled_from([1.0, -1.0, 2.0, -0.5]))])
    X = X[:, draw(st.permutations(range(X.shape[1])))]
    return (X, y), draw(SHARES) * largest_alpha(X, y)


@st.composite
def of_many_scales(draw: st.DrawFn) -> tuple[Data, float]:
    """Columns that differ in scale by up to 10**8, tiny or huge all together, and a y of any scale.

    The numbers are eighths up to 8, so that with these powers they stay between 10**-6 and 10**8.
    """
    X, y = draw(tables())
    least = draw(st.sampled_from([-2, -5, 2, -1]))
    powers = [min(least + draw(st.integers(0, 8)), 7) for _ in range(X.shape[1])]
    X = X * 10.0 ** np.array(powers)
    s = deviations(X)
    assume(s.max() <= 1e8 * np.min(s, where=s > 0, initial=np.inf))
    assume(is_well_conditioned(X))
    y = y * draw(st.sampled_from([1e-3, 1.0, 1e5, 1e-5]))
    return (X, y), draw(SHARES_AND_0) * largest_alpha(X, y)


@st.composite
def far_away(draw: st.DrawFn) -> tuple[Data, float]:
    """Columns and y that lie up to 10**4 standard deviations from the origin."""
    X, y = draw(tables())
    s = deviations(X)
    # Whole numbers, so that the sums stay exact; a constant column may be anywhere.
    most = np.where(s > 0, np.floor(5000 * s), 0.0)
    X = X + np.floor(most * np.array([draw(st.sampled_from([0.0, 1.0, -1.0, 0.5])) for _ in s]))
    y = y + np.floor(5000 * float(deviations(y))) * draw(st.sampled_from([0.0, 1.0, -1.0]))
    # By a power of two, so that the numbers stay exact; an eighth of it is more than 10**-6.
    X = X * draw(st.sampled_from([1.0, 1.0, 2.0**-16]))
    return (X, y), draw(SHARES_AND_0) * largest_alpha(X, y)


@st.composite
def of_integers(draw: st.DrawFn) -> tuple[Data, float]:
    """X and y of integer types, with numbers whose products overflow the narrow ones."""
    narrow = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
    low, high = max(narrow.min, -(10**4)), min(narrow.max, 10**4)
    n, d = draw(st.integers(2, 6)), draw(st.integers(1, 3))
    cells = draw(st.lists(st.integers(low, high), min_size=n * d, max_size=n * d))
    X = np.array(cells).reshape(n, d).astype(narrow.dtype)
    assume(is_well_conditioned(X))
    y = np.array(draw(st.lists(st.integers(-100, 100), min_size=n, max_size=n)))
    y = y.astype(draw(st.sampled_from([np.int8, np.int64, np.float64])))
    return (X, y), draw(SHARES_AND_0) * largest_alpha(X, y)


def larger(seed: int, n: int, d: int) -> Data:
    """Independent columns of normal noise, of which three make up y."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    weights = np.zeros(d)
    weights[:3] = [3.0, -2.0, 1.0]
    return X, X @ weights[:d] + rng.normal(size=n)


@st.composite
def of_noise(draw: st.DrawFn) -> tuple[Data, float]:
    """Up to forty rows and six columns of noise, and an alpha somewhere along the path."""
    seed, n, d = draw(st.integers(0, 10**6)), draw(st.integers(25, 40)), draw(st.integers(4, 6))
    X, y = larger(seed, n, d)
    assume(is_well_conditioned(X))
    return (X, y), draw(SHARES) * largest_alpha(X, y)


@st.composite
def late(draw: st.DrawFn) -> tuple[Data, float]:
    """A column whose slope is 0 until others have their weights, and then grows fast.

    It varies more than the others, so it is soon of use, though much is left out beside a large
    alpha: who looks at the slopes without any weights takes it for useless.
    """
    X, y = draw(tables())
    d = X.shape[1]
    j = draw(st.integers(0, d - 1))
    column = centred(X[:, j])
    assume(d > 1 and column.any())
    y = y - column * (column @ y / (column @ column))
    y[np.abs(y) < 1e-6] = 0  # the task's least number
    X = X * np.where(np.arange(d) == j, draw(st.sampled_from([4.0, 16.0, 64.0])), 1.0)
    # Neither is y constant up to rounding, nor do all columns have nothing to do with it.
    assume(deviations(y) > 0.01 and largest_alpha(X, y) > 0.01)
    return (X, y), draw(st.sampled_from([0.6, 0.75, 0.9])) * largest_alpha(X, y)


@given(problem=st.one_of(problems(SHARES_AND_0), of_integers()), examples=20)
@example(problem=(LINE, 0.5))
@example(problem=(LINE, 1))
# Integers, where all weights are 0, and in a single row.
@example(problem=((np.array([[0], [1], [2]]), np.array([1, 2, 1])), 0.0))
@example(problem=((np.array([[2, -1]]), np.array([3])), 0.0))
@example(problem=(WIDE, 0.25))
@example(problem=(ONE_ROW, 0))
def test_the_answer_is_weights_and_an_intercept(
    submission: Submission, problem: tuple[Data, float]
) -> None:
    """The answer is (coef, intercept): a float64 array of shape (d,), and a float."""
    (X, y), alpha = problem
    coef, intercept = pair(submission.lasso(X, y, alpha), name="The answer")
    array(coef, name="coef", shape=(X.shape[1],), kind="float", dtype=np.float64)
    number(intercept, name="intercept")


@given(problem=st.one_of(problems(), of_noise(), late()), examples=45)
@example(problem=(LINE, 0.5))
@example(problem=(PLANE, 0.5))
@example(problem=(CORRELATED, 0.1))
@example(problem=(CORRELATED, 1.0))
@example(problem=(LATE, 0.25))
# All weights are 0 from 4 on. At 2.5 the first column has its weight, but not without the second.
@example(problem=((LATE[0] * np.array([4.0, 1.0]), LATE[1]), 2.5))
@example(problem=(LATE_AND_EVEN, 0.48))
@example(problem=(WIDE, 0.25))
@example(problem=((LINE[0], -LINE[1]), 0.5))
@example(problem=(larger(0, 40, 6), 0.03))
def test_the_conditions_of_a_minimum_hold(
    submission: Submission, problem: tuple[Data, float]
) -> None:
    """g_j is alpha times the sign of each weight, and between -alpha and alpha for a zero."""
    (X, y), alpha = problem
    check_weights(submission, X, y, alpha)


@given(
    problem=st.one_of(problems(SHARES_AND_0), of_many_scales(), far_away(), of_integers()),
    examples=40,
)
@example(problem=(LINE, 0.5))
@example(problem=(PLANE, 0.5))
@example(problem=(PLANE, 0.0))
@example(problem=(WITH_CONSTANT, 0.25))
@example(problem=((PLANE[0] * 1e4, PLANE[1] * 1e-3), 0.5))
@example(problem=(FAR, 0.1))
def test_the_intercept_is_not_penalised(
    submission: Submission, problem: tuple[Data, float]
) -> None:
    """The residuals have the mean 0 for every alpha."""
    (X, y), alpha = problem
    check_intercept(X, y, *answer(submission, X, y, alpha))


@given(data=tables(), beyond=st.sampled_from([1 + 2e-6, 1.01, 2.0, 1000.0]), examples=30)
@example(data=LINE, beyond=1.01)
@example(data=PLANE, beyond=1 + 2e-6)
@example(data=CORRELATED, beyond=2.0)
@example(data=PLANE, beyond=1000.0)
@example(data=(np.array([[1.0], [2.0]]), np.array([5.0, 5.0])), beyond=2.0)
@example(data=WITH_CONSTANT, beyond=1.01)
@example(data=ONE_ROW, beyond=2.0)
# Nothing is left of any g_j but rounding, above which alpha has to be.
@example(data=(np.array([[0.0], [1.0], [3.0]]), np.array([7.0, -8.0, 4.0])), beyond=1.01)
def test_a_large_penalty_leaves_the_mean_of_y(
    submission: Submission, data: Data, beyond: float
) -> None:
    """From max |g| on all weights are exactly 0, and the intercept is the mean of y."""
    X, y = data
    alpha = largest_alpha(X, y) * beyond
    if alpha <= slack(X, y, np.zeros(X.shape[1])).max():
        alpha = 1.0
    coef, intercept = answer(submission, X, y, alpha)
    require(
        not coef.any(),
        f"With alpha = {alpha:.6g} no weight is worth its penalty: all must be exactly 0.",
        returned=coef,
    )
    check_intercept(X, y, coef, intercept)


@given(problem=st.one_of(problems(), copied()), examples=35)
@example(problem=(LINE, 0.0))
@example(problem=(PLANE, 0.0))
@example(problem=(CORRELATED, 0.0))
@example(problem=(SLOW, 0.0))
@example(problem=(WIDE, 0.0))
@example(problem=(WITH_CONSTANT, 0.0))
@example(problem=((LINE[0][:, [0, 0]] * np.array([1.0, -2.0]), LINE[1]), 0.0))
@example(problem=(larger(0, 40, 6), 0.0))
# The mean of the column is rounded, so the centred column has a sum that is not exactly 0.
@example(problem=((np.array([[0.0], [1.0], [3.0]]), np.array([5.0, 5.0, 5.0])), 0.0))
def test_without_a_penalty_it_is_least_squares(
    submission: Submission, problem: tuple[Data, float]
) -> None:
    """With alpha = 0 the residuals are orthogonal to each centred column."""
    (X, y), _ = problem
    check_weights(submission, X, y, 0.0)
    check_weights(submission, X, y, 0)


@given(data=tables(), share=SHARES_AND_0, examples=30)
@example(data=WITH_CONSTANT, share=0.1)
@example(data=WITH_CONSTANT, share=0.0)
@example(data=ONE_ROW, share=0.0)
@example(data=(np.full((3, 2), 0.1), np.array([1.0, 2.0, 4.0])), share=0.0)
@example(
    data=(np.array([[0.1, 0.0], [0.1, 1.0], [0.1, 3.0]]), np.array([1.0, 2.0, 4.0])), share=0.0
)
def test_a_constant_column_has_the_weight_0(
    submission: Submission, data: Data, share: float
) -> None:
    """A column whose numbers are all equal has the weight 0 exactly, with alpha = 0 as well."""
    X, y = data
    if not (X[:1] == X).all(axis=0).any():
        X = X.copy()
        X[:, -1] = X[0, -1]
    alpha = share * largest_alpha(X, y)
    coef = answer(submission, X, y, alpha)[0]
    for j in np.flatnonzero((X[:1] == X).all(axis=0)):
        require(
            coef[j] == 0,
            f"Column {j} is constant, so coef[{j}] must be exactly 0.",
            returned=coef,
        )


@given(problem=copied(), examples=30)
@example(problem=((LINE[0][:, [0, 0]], LINE[1]), 0.5))
@example(problem=((LINE[0][:, [0, 0]] * np.array([1.0, -2.0]), LINE[1]), 0.5))
@example(problem=((PLANE[0][:, [0, 1, 0]], PLANE[1]), 0.5))
def test_copies_of_a_column_are_no_obstacle(
    submission: Submission, problem: tuple[Data, float]
) -> None:
    """Columns that are multiples of each other may share their weight in any way."""
    (X, y), alpha = problem
    check_weights(submission, X, y, alpha)


@given(problem=of_many_scales(), examples=30)
@example(problem=(SCALED, 50.0))
@example(problem=(SCALED, 0.0))
@example(problem=((PLANE[0] * np.array([1e4, 1e-4]), PLANE[1]), 0.0))
# What two columns have in common may hide how much the smaller one adds.
@example(problem=((CORRELATED[0] * np.array([1e4, 2e-4, 1.0]), CORRELATED[1]), 0.0))
@example(problem=((PLANE[0] * 1e4, PLANE[1] * 1e-3), 0.5))
@example(problem=((PLANE[0] * 1e-3, PLANE[1] * 1e5), 10.0))
@example(problem=((PLANE[0] * 1e-6, PLANE[1]), 1e-6))
# A weight of 10**-13 is the right one here, where the columns are that much larger than y.
@example(problem=((np.array([[0.0], [1e8], [0.0], [1e8]]), np.array([0.0, 1e-5, 1e-6, 1e-5])), 3.0))
# Who stops when all changes are small, and not small beside y, stops too early.
@example(problem=((SLOW[0], SLOW[1] * 1e-5), 1e-6))
@example(problem=((CORRELATED[0], CORRELATED[1] * 1e-5), 1e-6))
def test_no_scale_of_the_columns_and_of_y_is_special(
    submission: Submission, problem: tuple[Data, float]
) -> None:
    """Columns and y of any scale, tiny or large, meet the same conditions."""
    (X, y), alpha = problem
    check_weights(submission, X, y, alpha)


@given(problem=far_away(), examples=30)
@example(problem=((LINE[0] + 5000, LINE[1]), 0.5))
@example(problem=((FAR[0], PLANE[1] + 10_000), 0.1))
@example(problem=(FAR, 0.0))
# Not constant, though the numbers and their differences are small.
@example(problem=((np.array([[1e-6], [1.001e-6], [1.002e-6], [1.004e-6]]), LINE[1]), 1e-10))
# The columns are dependent: what a cancellation leaves of their products has no solution.
@example(problem=(WIDE_AND_FAR, 0.0))
def test_data_far_from_the_origin_have_the_same_weights(
    submission: Submission, problem: tuple[Data, float]
) -> None:
    """Data that lie 10**4 times their spread from the origin meet the same conditions."""
    (X, y), alpha = problem
    check_weights(submission, X, y, alpha)


@given(problem=of_integers(), examples=30)
@example(
    problem=(
        (np.array([[100], [-120], [90]], dtype=np.int8), np.array([100, -100, 120], dtype=np.int8)),
        500.0,
    )
)
@example(
    problem=(
        (np.array([[200, 1], [10, 3], [90, 0]], dtype=np.uint8), np.array([3, 1, 5], np.uint8)),
        0,
    )
)
@example(problem=((np.array([[1, 0], [2, 5], [4, 4]]), np.array([1, 2, 7])), 1))
def test_integer_arrays_give_the_weights_of_the_same_floats(
    submission: Submission, problem: tuple[Data, float]
) -> None:
    """Arrays of any integer type are treated like the same numbers as floats."""
    (X, y), alpha = problem
    check_weights(submission, X, y, alpha)


@st.composite
def two_problems(draw: st.DrawFn) -> tuple[tuple[Data, float], tuple[Data, float]]:
    """Two problems, at times the same data with another alpha, or the same X with another y."""
    (X, y), alpha = draw(st.one_of(problems(SHARES_AND_0), of_noise()))
    alike = draw(st.sampled_from(["nothing", "data", "X"]))
    if alike == "nothing":
        return ((X, y), alpha), draw(problems(SHARES_AND_0))
    other = y if alike == "data" else draw(vectors(len(X)))
    return ((X, y), alpha), ((X, other), draw(SHARES_AND_0) * largest_alpha(X, other))


@given(problems=two_problems(), examples=25)
@example(problems=((PLANE, 0.5), (LINE, 0.0)))
@example(problems=((CORRELATED, 0.1), ((CORRELATED[0], -CORRELATED[1]), 1.0)))
# Who starts from the weights of another alpha comes to the minimum from another side.
@example(problems=((CORRELATED, 0.1), (CORRELATED, 0.2)))
@example(problems=((larger(0, 40, 6), 0.1), (larger(0, 40, 6), 0.2)))
@example(problems=((larger(1, 20, 3), 0.2), (larger(1, 20, 3), 0.1)))
def test_equal_calls_give_equal_answers(
    submission: Submission, problems: tuple[tuple[Data, float], tuple[Data, float]]
) -> None:
    """Equal calls give exactly equal answers, whatever was called in between."""
    problem, other = problems
    first = answer(submission, *problem[0], problem[1])
    answer(submission, *other[0], other[1])
    second = answer(submission, *problem[0], problem[1])
    because = "Only X, y and alpha may decide."
    same_answer(first[0], second[0], name="coef", because=because)
    same_answer(first[1], second[1], name="intercept", because=because)


@given(problem=problems(SHARES_AND_0), examples=15)
@example(problem=(PLANE, 0.5))
@example(problem=(LINE, 0.0))
def test_arguments_are_left_unchanged(submission: Submission, problem: tuple[Data, float]) -> None:
    """lasso changes neither X nor y."""
    (X, y), alpha = problem
    answer(submission, X, y, alpha)
    unchanged(submission)


@given(
    data=tables(),
    bad=st.sampled_from([np.nan, np.inf, -np.inf]),
    at=st.integers(0, 99),
    examples=15,
)
@example(data=PLANE, bad=np.nan, at=0)
@example(data=PLANE, bad=np.inf, at=3)
@example(data=LINE, bad=-np.inf, at=1)
def test_impossible_arguments_are_refused(
    submission: Submission, data: Data, bad: float, at: int
) -> None:
    """lasso raises ValueError for a negative alpha, shapes that do not fit, NaN and infinity."""
    X, y = data
    with raises(ValueError, "alpha is negative"):
        submission.lasso(X, y, -0.5)
    for alpha in (np.nan, np.inf):
        with raises(ValueError, f"alpha is {alpha}"):
            submission.lasso(X, y, float(alpha))
    with raises(ValueError, "X has one dimension"):
        submission.lasso(X[:, 0], y, 0.5)
    with raises(ValueError, "X has three dimensions"):
        submission.lasso(X[:, :, np.newaxis], y, 0.5)
    with raises(ValueError, "y is longer than X"):
        submission.lasso(X, np.append(y, 1.0), 0.5)
    with raises(ValueError, "y has two dimensions"):
        submission.lasso(X, y[:, np.newaxis], 0.5)
    if len(y) > 1:
        with raises(ValueError, "y is shorter than X"):
            submission.lasso(X, y[:-1], 0.5)
        with raises(ValueError, "y holds one value and X several rows"):
            submission.lasso(X, y[:1], 0.5)
    broken = X.copy()
    broken.flat[at % X.size] = bad
    with raises(ValueError, f"X holds {bad}"):
        submission.lasso(broken, y, 0.5)
    broken = y.copy()
    broken[at % len(y)] = bad
    with raises(ValueError, f"y holds {bad}"):
        submission.lasso(X, broken, 0.5)


def descent(X: Array, y: Array, alpha: float) -> tuple[Array, float]:
    """What the budget is a multiple of: coordinate descent that keeps the residuals."""
    n, d = X.shape
    columns = np.ascontiguousarray((X - X.mean(axis=0)).T)
    squares = (columns**2).mean(axis=1)
    residuals = y - y.mean()
    enough = 1e-7 * residuals.std()
    coef = np.zeros(d)
    moved = np.inf
    while moved > enough:
        moved = 0.0
        for j in range(d):
            before = coef[j]
            slope = columns[j] @ residuals / n + squares[j] * before
            coef[j] = math.copysign(max(abs(slope) - alpha, 0.0), slope) / squares[j]
            if coef[j] != before:
                residuals -= (coef[j] - before) * columns[j]
                moved = max(moved, abs(coef[j] - before) * math.sqrt(squares[j]))
    return coef, float(y.mean() - X.mean(axis=0) @ coef)


def ten_of_many(rng: np.random.Generator) -> tuple[Array, Array, float]:
    """2,000 rows of 400 columns of noise, of which ten make up y with some noise."""
    X = rng.normal(size=(2000, 400))
    y = X[:, ::40] @ rng.choice([-2.0, 2.0], size=10) + rng.normal(size=2000)
    return X, y, 0.05


def test_400_columns_take_at_most_8_times_as_long_as_plain_numpy(
    submission: Submission,
) -> None:
    """400 columns take at most 8 times as long as a descent that updates its residuals."""
    # Of the answers under solutions/, the slowest accepted one takes 1.6 times as long, the one
    # that computes X @ w for every coordinate 26 times.
    budget(
        submission,
        answer,
        definition=descent,
        on=ten_of_many,
        times=8,
        usual=0.04,
    )
