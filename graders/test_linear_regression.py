"""What a least-squares fit must satisfy, whatever algorithm found it.

The oracle is the definition itself, solved in rational arithmetic, so it has no rounding error.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES, eighths, matrices, vectors

from kata.grading import (
    Submission,
    array,
    assume,
    close,
    example,
    given,
    growth,
    number,
    raises,
    require,
    unchanged,
)

Array = np.ndarray[Any, Any]
EPS = float(np.finfo(float).eps)


@dataclass(frozen=True)
class Fit:
    """The exact answer: fitted values, one of the best weights, and the residuals, as floats."""

    fitted: Array
    weights: Array
    intercept: float
    residuals: Array
    rank: int


def exact_fit(X: Array, y: Array) -> Fit:
    """Least squares with an intercept by the normal equations, in fractions.

    They always have a solution; where they have several, the free weights are zero, which
    changes no fitted value.
    """
    rows = [[Fraction(1), *(Fraction(x) for x in row)] for row in X.tolist()]
    values = [Fraction(v) for v in y.tolist()]
    size = X.shape[1] + 1
    system = [
        [
            *(sum((row[i] * row[j] for row in rows), Fraction(0)) for j in range(size)),
            sum((row[i] * value for row, value in zip(rows, values, strict=True)), Fraction(0)),
        ]
        for i in range(size)
    ]
    pivots: list[int] = []
    for column in range(size):
        top = len(pivots)
        pivot = next((r for r in range(top, size) if system[r][column]), None)
        if pivot is None:
            continue
        system[top], system[pivot] = system[pivot], system[top]
        scale = system[top][column]
        system[top] = [entry / scale for entry in system[top]]
        for r in range(size):
            factor = system[r][column]
            if r != top and factor:
                system[r] = [a - factor * b for a, b in zip(system[r], system[top], strict=True)]
        pivots.append(column)
    weights = [Fraction(0)] * size
    for r, column in enumerate(pivots):
        weights[column] = system[r][size]
    fitted = [sum((w * x for w, x in zip(weights, row, strict=True)), Fraction(0)) for row in rows]
    residuals = [value - fit for value, fit in zip(values, fitted, strict=True)]
    return Fit(
        fitted=np.array([float(f) for f in fitted]),
        weights=np.array([float(w) for w in weights[1:]]),
        intercept=float(weights[0]),
        residuals=np.array([float(r) for r in residuals]),
        rank=len(pivots) - 1,
    )


def rounding(X: Array, y: Array, exact: Fit) -> Array:
    """How far a backward stable algorithm's fitted values may be off, for each row.

    Three sources, each times the unit roundoff and c * n * (d + 1), the constant of Householder
    QR (Higham, Accuracy and Stability of Numerical Algorithms, theorem 20.3; c = 10 for his
    "small integer"), which SVD and the sums of means and predictions stay below as well:

    * evaluating X @ w + b, which rounds every term of the sum;
    * solving the centred problem for a matrix perturbed in norm: |E| |w|, and |y|;
    * the same perturbation acting through the residual: |E| |r| / the smallest singular value,
      where an algorithm that keeps the column of ones may perturb X before it is centred.
    """
    n, d = X.shape
    centred = X - X.mean(axis=0)
    singular = np.linalg.svd(centred, compute_uv=False)
    smallest = singular[exact.rank - 1] if exact.rank else np.inf
    evaluation = np.abs(X) @ np.abs(exact.weights) + abs(exact.intercept)
    solution = np.linalg.norm(centred) * np.linalg.norm(exact.weights) + np.linalg.norm(y)
    residual = np.linalg.norm(X) * np.linalg.norm(exact.residuals) / smallest
    bound: Array = 10 * n * (d + 1) * EPS * (evaluation + solution + residual)
    return bound


def fit(submission: Submission, X: Array, y: Array) -> Any:
    """A model of the submission fitted to X and y, whatever its fit returns."""
    model = submission.LinearRegression()
    model.fit(X, y)
    return model


def attributes(model: Any, d: int) -> tuple[Array, float]:
    """coef_ and intercept_, checked for type and shape."""
    coef = array(model.coef_, name="coef_", shape=(d,), kind="float", dtype=np.float64)
    return coef, number(model.intercept_, name="intercept_")


def predictions(model: Any, X: Array) -> Array:
    """What the model predicts for X, checked for type and shape."""
    return array(
        model.predict(X), name="predict(X)", shape=(len(X),), kind="float", dtype=np.float64
    )


def check_fit(submission: Submission, X: Array, y: Array, because: str) -> None:
    """Check that the fitted values are those of the exact fit, up to rounding."""
    exact = exact_fit(X, y)
    fitted = predictions(fit(submission, X, y), X)
    close(fitted, exact.fitted, within=rounding(X, y, exact), name="predict(X)", because=because)


@st.composite
def data(draw: st.DrawFn, most_rows: int = 8) -> tuple[Array, Array]:
    """X and y without any structure, but for more rows than columns; y rarely on a plane."""
    d = draw(st.integers(1, 3))
    X = draw(matrices(st.integers(d + 1, most_rows), st.just(d)))
    return X, draw(vectors(len(X)))


@st.composite
def full_rank(draw: st.DrawFn) -> Array:
    """X with at least d + 2 rows and linearly independent centred columns.

    The first d + 1 rows are a simplex, and the later ones cannot undo that.
    """
    d = draw(st.integers(1, 3))
    corner = np.vstack([np.zeros(d), np.eye(d)]) * draw(st.sampled_from([1.0, 2.0, 0.5]))
    return np.vstack([corner, draw(matrices(st.integers(1, 5), st.just(d)))])


@given(data=data())
@example(data=(np.array([[3.0], [4.0]]), np.array([2.0, 1.0])))
@example(data=(np.array([[0.0, 1.0], [1.0, 0.0], [4.0, 2.0]]), np.array([1.0, 2.0, 2.0])))
def test_fit_returns_the_model_and_sets_coef_and_intercept(
    submission: Submission, data: tuple[Array, Array]
) -> None:
    """fit returns the model; coef_ is a float array of shape (d,), intercept_ a float."""
    X, y = data
    model = submission.LinearRegression()
    returned = model.fit(X, y)
    require(returned == model, "fit does not return the model itself.", returned=returned)
    attributes(model, X.shape[1])


@given(X=full_rank(), w=vectors(3), b=eighths())
@example(X=np.array([[0.0], [1.0], [2.0]]), w=np.array([2.0, 0.0, 0.0]), b=1.0)
@example(X=np.arange(12.0).reshape(12, 1), w=np.array([0.375, 0.0, 0.0]), b=-2.5)
def test_a_noiseless_plane_is_recovered(
    submission: Submission, X: Array, w: Array, b: float
) -> None:
    """Where y is exactly X @ w + b and the columns are independent, fit finds w and b."""
    d = X.shape[1]
    w = w[:d]
    y = X @ w + b  # exact: eighths times eighths, few of them
    coef, intercept = attributes(fit(submission, X, y), d)
    # A fit that is off by `rounding` at the rows has weights that are off by that much over the
    # smallest singular value of the matrix that maps weights to fitted values.
    smallest = np.linalg.svd(np.column_stack([np.ones(len(X)), X]), compute_uv=False)[-1]
    within = float(np.linalg.norm(rounding(X, y, exact_fit(X, y))) / smallest)
    because = "The plane that made y goes through every point."
    close(coef, w, within=within, name="coef_", because=because)
    close(intercept, b, within=within, name="intercept_", because=because)


@given(data=data(most_rows=24))
@example(data=(np.array([[0.0], [1.0], [2.0]]), np.array([0.0, 2.0, 1.0])))
@example(data=(np.arange(13.0).reshape(13, 1), np.arange(13.0) ** 2))
@example(data=(np.array([[2.0, 1.0], [2.0, 0.0], [3.0, 5.0], [7.0, 1.0]]), np.arange(4.0) ** 2))
def test_residuals_sum_to_zero_and_are_orthogonal_to_every_column(
    submission: Submission, data: tuple[Array, Array]
) -> None:
    """The residuals y - predict(X) sum to zero and are orthogonal to every column of X."""
    X, y = data
    fitted = predictions(fit(submission, X, y), X)
    residuals = y - fitted
    # Off by at most `rounding` at each row, so the products are off by that times the column.
    within = rounding(X, y, exact_fit(X, y))
    close(
        float(residuals.sum()),
        0.0,
        within=float(within.sum()),
        name="the sum of the residuals",
        because="Is the intercept fitted together with the weights?",
    )
    close(
        X.T @ residuals,
        np.zeros(X.shape[1]),
        within=np.abs(X).T @ within,
        name="X.T @ residuals",
        because="Other weights would fit better.",
    )


@st.composite
def collinear(draw: st.DrawFn) -> tuple[Array, Array]:
    """X of at most four columns, some of them multiples, sums or copies of others, or constant."""
    X = draw(matrices(st.integers(5, 8), st.integers(1, 2)))
    extra = []
    for kind in draw(
        st.lists(st.sampled_from(["constant", "copy", "multiple", "sum"]), min_size=1, max_size=2)
    ):
        column = X[:, draw(st.integers(0, X.shape[1] - 1))]
        extra.append(
            {
                "constant": np.full(len(X), draw(eighths())),
                "copy": column,
                "multiple": column * draw(st.sampled_from([2.0, -1.0, 0.5, 3.0])),
                "sum": X.sum(axis=1),
            }[kind]
        )
    whole = np.column_stack([X, *extra])
    order = draw(st.permutations(range(whole.shape[1])))
    return whole[:, order], draw(vectors(len(X)))


@given(data=collinear())
@example(data=(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]), np.array([1.0, 2.0, 4.0])))
@example(data=(np.array([[0.0, 5.0], [1.0, 5.0], [2.0, 5.0]]), np.array([1.0, 2.0, 4.0])))
@example(data=(np.array([[3.0], [3.0], [3.0]]), np.array([1.0, 2.0, 6.0])))
def test_no_other_weights_fit_better_where_columns_are_collinear(
    submission: Submission, data: tuple[Array, Array]
) -> None:
    """With collinear, constant or repeated columns the fit is still the best there is."""
    check_fit(submission, *data, because="Columns that depend on each other change no fit.")


@st.composite
def wide(draw: st.DrawFn) -> tuple[Array, Array]:
    """X with at most as many rows as columns."""
    d = draw(st.integers(1, 5))
    X = draw(matrices(st.integers(1, d), st.just(d)))
    return X, draw(vectors(len(X)))


@given(data=wide())
@example(data=(np.array([[3.0]]), np.array([2.0])))
@example(data=(np.array([[1.0, 2.0, 3.0]]), np.array([5.0])))
@example(data=(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([1.0, 3.0])))
def test_no_other_weights_fit_better_with_few_rows(
    submission: Submission, data: tuple[Array, Array]
) -> None:
    """With no more rows than columns the fit is still the best there is."""
    check_fit(submission, *data, because="There are weights that fit the rows better.")


@st.composite
def of_many_scales(draw: st.DrawFn) -> tuple[Array, Array]:
    """Independent columns multiplied by powers of ten that differ by up to 10**8."""
    X = draw(full_rank())
    d = X.shape[1]
    low = draw(st.integers(-12, 4))
    powers = [low, *(draw(st.integers(low, low + 8)) for _ in range(d - 1))]
    return X * 10.0 ** np.array(powers), draw(vectors(len(X)))


@given(data=of_many_scales())
@example(
    data=(
        np.array([[1e-4, 0.0], [0.0, 1e4], [1e-4, 1e4], [3e-4, 2e4], [0.0, 0.0]]),
        np.array([1.0, 2.0, 2.0, 7.0, 1.0]),
    )
)
def test_columns_of_very_different_scale_are_fitted_exactly(
    submission: Submission, data: tuple[Array, Array]
) -> None:
    """Columns whose scales differ by up to 10**8 all count, the small ones too."""
    check_fit(submission, *data, because="Does a column of small numbers get lost?")


@st.composite
def far_away(draw: st.DrawFn) -> tuple[Array, Array]:
    """Independent columns, moved from the origin by up to 10**6 times their spread."""
    X = draw(full_rank())
    offsets = [draw(st.sampled_from([0, 10**3, -(10**5), 10**6])) for _ in range(X.shape[1])]
    return X + np.array(offsets, dtype=float), draw(vectors(len(X)))


@given(data=far_away())
@example(data=(np.array([[1e6], [1e6 + 1], [1e6 + 2], [1e6 + 4]]), np.array([1.0, 3.0, 2.0, 6.0])))
def test_data_far_from_the_origin_are_fitted_exactly(
    submission: Submission, data: tuple[Array, Array]
) -> None:
    """Data that lie 10**6 times their spread from the origin are fitted as exactly as others."""
    check_fit(submission, *data, because="Are the columns centred before anything is squared?")


@st.composite
def of_integers(draw: st.DrawFn) -> tuple[Array, Array]:
    """X and y of integer types, large enough for products to overflow the narrow ones."""
    narrow = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
    low, high = max(narrow.min, -(10**4)), min(narrow.max, 10**4)
    d = draw(st.integers(1, 3))
    n = draw(st.integers(d + 1, 6))
    cells = draw(st.lists(st.integers(low, high), min_size=n * d, max_size=n * d))
    X = np.array(cells).reshape(n, d).astype(narrow.dtype)
    y = np.array(draw(st.lists(st.integers(-100, 100), min_size=n, max_size=n)))
    return X, y.astype(draw(st.sampled_from([np.int8, np.int64, np.float64])))


@given(data=of_integers())
@example(data=(np.array([[100], [120], [90]], dtype=np.int8), np.array([1, 2, 3], dtype=np.int8)))
@example(data=(np.array([[200], [10], [90]], dtype=np.uint8), np.array([1.5, 2.0, 3.0])))
@example(data=(np.array([[-128], [0], [-128]], dtype=np.int8), np.array([-1.0, 0.0, -3.0])))
def test_integer_arrays_give_the_fit_of_the_same_numbers(
    submission: Submission, data: tuple[Array, Array]
) -> None:
    """Arrays of any integer type are fitted like the same numbers as floats."""
    X, y = data
    exact = exact_fit(X, y)
    model = fit(submission, X, y)
    attributes(model, X.shape[1])
    within = rounding(X.astype(float), y.astype(float), exact)
    because = "Narrow integers overflow when they are multiplied."
    close(predictions(model, X), exact.fitted, within=within, name="predict(X)", because=because)


# Tiny, huge, or far from the origin; never two of these at once.
CHANGES = [(1e-30, 0.0), (1e-9, 0.0), (1e-3, 0.0), (1e12, 0.0), (1e30, 0.0), (8.0, 1e6)]


@given(data=data(), change=st.sampled_from(CHANGES))
@example(data=(np.array([[0.0], [1.0], [3.0]]), np.array([0.0, 1.0, 1.0])), change=(1e12, 0.0))
@example(data=(np.array([[0.0], [1.0]]), np.array([0.0, 1.0])), change=(1e-9, 0.0))
@example(data=(np.array([[0.0], [1.0]]), np.array([0.0, 1.0])), change=(1e-30, 0.0))
@example(data=(np.array([[0.0], [1.0]]), np.array([0.0, 1.0])), change=(8.0, 1e6))
def test_the_fit_follows_a_shift_and_a_scale_of_y(
    submission: Submission, data: tuple[Array, Array], change: tuple[float, float]
) -> None:
    """However small, large or far from zero the values of y are, the fit follows them."""
    X, y = data
    scale, shift = change
    check_fit(submission, X, y * scale + shift, because="No size of y is special.")


@given(data=data(), other=matrices(st.integers(1, 4), st.just(3)), whole=st.booleans())
@example(
    data=(np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 4.0])), other=np.eye(3), whole=False
)
@example(
    data=(np.array([[0.0], [1.0], [2.0]]), np.array([0.0, 2.0, 4.0])),
    other=np.array([[1.5, 0.0, 0.0]]),
    whole=True,
)
def test_predict_is_the_function_that_the_attributes_describe(
    submission: Submission, data: tuple[Array, Array], other: Array, whole: bool
) -> None:
    """predict(X_new) is X_new @ coef_ + intercept_, for any number of new rows."""
    X, y = data
    if whole:
        X = (8 * X).astype(int)  # fitted on integers, asked about floats
    new = other[:, : X.shape[1]]
    model = fit(submission, X, y)
    coef, intercept = attributes(model, X.shape[1])
    # d products and d sums, each rounded once.
    within = (X.shape[1] + 2) * EPS * (np.abs(new) @ np.abs(coef) + abs(intercept))
    close(
        predictions(model, new),
        new @ coef + intercept,
        within=within,
        name="predict(X_new)",
        because="These are X_new @ coef_ + intercept_.",
    )


@st.composite
def two_datasets(draw: st.DrawFn) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Two unrelated pairs of X and y, half of the time of the same shape."""
    first = draw(data())
    if draw(st.booleans()):
        return first, draw(data())
    n, d = first[0].shape
    return first, (draw(matrices(st.just(n), st.just(d))), draw(vectors(n)))


@given(both=two_datasets())
@example(
    both=(
        (np.array([[0.0], [1.0], [2.0]]), np.array([0.0, 1.0, 1.0])),
        (np.array([[0.0], [1.0], [5.0]]), np.array([5.0, 3.0, 2.0])),
    )
)
def test_a_fit_forgets_the_one_before_and_models_share_nothing(
    submission: Submission, both: tuple[tuple[Array, Array], tuple[Array, Array]]
) -> None:
    """A second fit forgets the first, and another model's fit changes nothing here."""
    first, second = both
    model = fit(submission, *first)
    other = fit(submission, *second)
    kept = predictions(model, first[0])
    exact = exact_fit(*first)
    close(
        kept,
        exact.fitted,
        within=rounding(*first, exact),
        name="predict(X)",
        because="Another model was fitted in between.",
    )
    model.fit(*second)
    again, once = predictions(model, second[0]), predictions(other, second[0])
    exact = exact_fit(*second)
    close(
        again,
        exact.fitted,
        within=rounding(*second, exact),
        name="predict(X)",
        because="The model had been fitted to other data before.",
    )
    require(
        np.array_equal(again, once),
        "The second fit of a model differs from the first fit of a new one.",
        returned=again,
        expected=once,
    )


@given(data=data())
@example(data=(np.array([[1.0], [2.0]]), np.array([1.0, 3.0])))
def test_fit_and_predict_leave_their_arguments_unchanged(
    submission: Submission, data: tuple[Array, Array]
) -> None:
    """fit and predict do not change the arrays that they are given."""
    X, y = data
    model = submission.LinearRegression()
    model.fit(X, y)
    model.predict(X)
    unchanged(submission)


@given(data=data(), bad=st.sampled_from([np.nan, np.inf, -np.inf]), at=st.integers(0, 99))
@example(data=(np.array([[1.0], [2.0]]), np.array([1.0, 3.0])), bad=np.nan, at=0)
def test_fit_refuses_what_it_cannot_use(
    submission: Submission, data: tuple[Array, Array], bad: float, at: int
) -> None:
    """fit raises ValueError for X that is not 2-D, y of another length, NaN and infinity."""
    X, y = data
    model = submission.LinearRegression()
    with raises(ValueError, "X has one dimension"):
        model.fit(X[:, 0], y)
    # A y of one value would do if the row were made a matrix.
    with raises(ValueError, "X has one dimension and y holds one value"):
        model.fit(X[0], y[:1])
    with raises(ValueError, "X has three dimensions"):
        model.fit(X[:, :, np.newaxis], y)
    with raises(ValueError, "X has three dimensions, the first of length one"):
        model.fit(X[np.newaxis], y)
    with raises(ValueError, "y is shorter than X"):
        model.fit(X, y[:-1])
    with raises(ValueError, "y is longer than X"):
        model.fit(X, np.append(y, 1.0))
    with raises(ValueError, "y holds one value and X several rows"):
        model.fit(X, y[:1])
    with raises(ValueError, "y holds two values for each row"):
        model.fit(X, np.column_stack([y, y]))
    broken = X.copy()
    broken.flat[at % X.size] = bad
    with raises(ValueError, f"X holds {bad}"):
        model.fit(broken, y)
    # A column of nothing else looks constant.
    broken[:] = bad
    with raises(ValueError, f"X holds nothing but {bad}"):
        model.fit(broken, y)
    broken = y.copy()
    broken[at % y.size] = bad
    with raises(ValueError, f"y holds {bad}"):
        model.fit(X, broken)


@given(data=data(), more=st.booleans())
@example(
    data=(np.array([[1.0, 2.0], [2.0, 5.0], [0.0, 1.0]]), np.array([1.0, 3.0, 2.0])), more=False
)
@example(data=(np.array([[1.0], [2.0]]), np.array([1.0, 3.0])), more=True)
def test_predict_refuses_another_number_of_columns(
    submission: Submission, data: tuple[Array, Array], more: bool
) -> None:
    """predict raises ValueError for an array without the d columns of the fit."""
    X, y = data
    d = X.shape[1]
    assume(more or d > 1)
    model = fit(submission, X, y)
    wrong = np.ones((2, d + 1 if more else d - 1))
    with raises(ValueError, f"X has {wrong.shape[1]} columns after a fit on {d}"):
        model.predict(wrong)


def both_least_squares(X: Array, repeated: Array, y: Array) -> Array:
    """What the growth is compared with: Householder's QR with a column of ones in front, twice."""
    ones = np.ones(len(X))
    Q, R = np.linalg.qr(np.column_stack([ones, X]))
    solution: Array = np.linalg.solve(R, Q.T @ y)
    # Without its last two columns, which change no fit.
    Q, R = np.linalg.qr(np.column_stack([ones, repeated[:, :3]]))
    other: Array = np.linalg.solve(R, Q.T @ y)
    return np.append(solution, other)


def noise(n: int, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Five independent columns, five of which two depend on the others, and a y of noise."""
    X, repeated = rng.normal(size=(2, n, 5))
    repeated[:, 3] = repeated[:, 0]
    repeated[:, 4] = 2.0
    return X, repeated, rng.normal(size=n)


def fit_both(submission: Submission, X: Array, repeated: Array, y: Array) -> None:
    """Fit a model of its own to either X: what is done for collinear columns only counts too."""
    fit(submission, X, y)
    fit(submission, repeated, y)


def test_the_cost_of_fit_grows_linearly_with_the_rows(submission: Submission) -> None:
    """The time and the memory of fit grow in proportion to n, for collinear columns as well."""
    growth(
        submission,
        fit_both,
        definition=both_least_squares,
        on=noise,
        start=4000,
        law="O(n * d**2)",
    )
