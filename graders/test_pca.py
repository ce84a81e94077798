"""What the principal components of a table must satisfy, whatever decomposition found them.

Nothing is compared with another program's components: their signs, and the directions among
equal variances, are free. What is compared are variances and errors, which are not.

Each promise has a property of its own. One looks at the mean; all the others take the rows less
their true mean, which the right one equals up to rounding.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES, matrices

from kata.grading import (
    Submission,
    array,
    close,
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
Answer = tuple[Array, Array, Array]
Table = tuple[Array, int]
EPS = float(np.finfo(float).eps)


def answer(submission: Submission, X: Array, r: int) -> Answer:
    """The mean, components and variances for these arguments, checked for their shapes."""
    found = submission.pca(X, r)
    if not isinstance(found, tuple | list) or len(found) != 3:
        reject(
            "The answer is not a tuple of three.",
            returned=found,
            expected="(mean, components, variances)",
        )
    mean, components, variances = found
    d = X.shape[1]
    return (
        array(mean, name="mean", shape=(d,), kind="number"),
        array(components, name="components", shape=(r, d), kind="number"),
        array(variances, name="variances", shape=(r,), kind="number"),
    )


def centred(X: Array) -> Array:
    """The rows less their mean."""
    floats = X.astype(np.longdouble)
    return np.asarray(floats - floats.mean(axis=0), dtype=float)


def spectrum(X: Array) -> Array:
    """The greatest variances along orthogonal directions, of which there are min(n, d).

    They are the squared singular values of the centred rows over n - 1; those beyond the rank are
    not exactly 0 here, but far below what `slack` allows.
    """
    values: Array = np.linalg.svd(centred(X), compute_uv=False) ** 2 / (len(X) - 1)
    return values


def slack(X: Array) -> float:
    """What the task calls rounding, for variances.

    A backward stable method needs much less. A mean that is off by n * eps * |X|, with |X| at most
    1e6 standard deviations and n at most 10, moves a variance by 2 * 10 * 1e6 * eps = 4e-9 of the
    total at the very most, and the decomposition of d <= 7 columns adds a few dozen eps. (The
    larger tables lie around the origin: sums of 5,000 numbers, one after the other, add 5,000 eps =
    1.2e-12 at most.) Where all rows are equal the total is 0, and the squared error of the mean is
    all that there is: n / (n - 1) <= 2 times d (n eps |X|)^2, which is 1e-28 |X|^2 at most, where
    1e-24 |X|^2 is let through.
    """
    total = float((centred(X) ** 2).sum()) / (len(X) - 1)
    return 1e-8 * total + (1e-12 * float(np.abs(X.astype(float)).max())) ** 2


def scores_of(X: Array, components: Array) -> Array:
    """The coordinates of the rows along the components."""
    scores: Array = centred(X) @ components.T
    return scores


def check_rebuilt(X: Array, components: Array) -> None:
    """Check that the error of the reconstruction is the least that r directions can have.

    By the theorem of Eckart and Young that is the sum of the variances left out.
    """
    rest = centred(X) - scores_of(X, components) @ components
    error = float((rest**2).sum()) / (len(X) - 1)
    least = float(spectrum(X)[len(components) :].sum())
    require(
        error <= least + slack(X),
        f"Other {len(components)} directions rebuild X better: the squared error over n - 1 is "
        f"{error:.4g}, where {least:.4g} is possible.",
        returned=f"components = {components.tolist()}",
    )


def check_uncorrelated(X: Array, components: Array) -> None:
    """Check that the scores of two different components have products that sum to 0."""
    scores = scores_of(X, components)
    products = scores.T @ scores / (len(X) - 1)
    total = float((centred(X) ** 2).sum()) / (len(X) - 1)
    # 1e-6 of the total is what the task says: an error of the square root of 1e-8 or so in the
    # directions, which the variances alone would not show, is the most that is let through.
    close(
        products - np.diag(np.diag(products)),
        np.zeros(products.shape),
        within=1e-6 * total + slack(X),
        name="scores.T @ scores / (n - 1), without its diagonal,",
        because="The directions are not those of the principal components.",
    )


def check_all_variances(submission: Submission, X: Array) -> None:
    """Check the variances along as many directions as there are, and that these leave out nothing.

    In which order they come is not looked at: that has nothing to do with the table.
    """
    _, components, variances = answer(submission, X, min(X.shape))
    close(
        np.sort(variances)[::-1],
        spectrum(X),
        within=slack(X),
        name="the sorted variances",
        because="These are the variances that orthogonal directions have.",
    )
    check_rebuilt(X, components)


@st.composite
def tables(draw: st.DrawFn, most_rows: int = 8, most_columns: int = 4) -> Table:
    """A table, some of whose rows or columns may be alike, and how many components to find."""
    X = draw(matrices(st.integers(2, most_rows), st.integers(1, most_columns)))
    repeats = draw(st.lists(st.integers(0, len(X) - 1), max_size=2))
    X = np.vstack([X, X[repeats]])
    copies = draw(st.lists(st.integers(0, X.shape[1] - 1), max_size=2))
    X = np.column_stack([X, X[:, copies]])
    return X, draw(st.integers(1, min(X.shape)))


@st.composite
def wide(draw: st.DrawFn) -> Table:
    """A table with fewer rows than columns, and an r up to the number of its rows."""
    n = draw(st.integers(2, 4))
    X = draw(matrices(st.just(n), st.integers(n + 1, 7)))
    return X, draw(st.sampled_from([n, n, *range(1, n)]))


@st.composite
def deficient(draw: st.DrawFn) -> Table:
    """A table whose rows span fewer directions than there are components to find."""
    d, rank = draw(st.integers(2, 5)), draw(st.integers(0, 1))
    n = draw(st.integers(d, 8))
    steps = draw(matrices(st.just(n), st.just(rank))) if rank else np.zeros((n, 0))
    ways = draw(matrices(st.just(rank), st.just(d))) if rank else np.zeros((0, d))
    at = draw(matrices(st.just(1), st.just(d)))
    return at + steps @ ways, draw(st.integers(min(2, d), d))


SLANTED = (np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.5], [3.0, 3.0]]), 1)
FIRST_IS_SMALL = (np.array([[0.0, 0.0], [1.0, 4.0], [0.0, 9.0]]), 2)
UNEQUAL = (np.array([[0.0, 0.0, 1.0], [0.0, 8.0, 0.0], [1.0, 3.0, 5.0], [2.0, 0.0, 0.0]]), 2)
# Two variances that are as 65 to 63: who goes by steps needs many of them.
NEARLY_ROUND = (np.array([[8.0, 1.0], [-8.0, -1.0], [-1.0, 7.875], [1.0, -7.875]]), 2)
FLAT = (np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]]), 2)
ON_A_LINE = (np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 2.0], [3.0, 6.0, 6.0], [4.0, 8.0, 8.0]]), 3)
SHORT = (np.array([[0.0, 1.0, 2.0], [4.0, 0.0, 1.0]]), 2)
WIDE = (np.array([[1.0, 0.0, 0.0, 2.0], [0.0, 3.0, 0.0, 0.0], [0.0, 0.0, 1.0, 5.0]]), 3)


# Sizes from which on a candidate may take another route: single precision, or random projections.
LARGE = (np.random.default_rng(0).normal(size=(400, 60)), 3)
MANY_OF_BOTH = (np.random.default_rng(1).normal(size=(40, 60)), 2)
# Sorted, so that no part is like another: who works part by part must not take the mean of a part
# for that of all. Longer tables would leave no work to the property that looks at the cost.
LONG = (np.sort(np.random.default_rng(2).normal(size=(5_000, 5)), axis=0), 3)
# The second direction has 2.5e-7 of the total variance, which is 25 times what counts as rounding.
ONE_SIDED = (
    np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]) * np.array([1.0, 5e-4]),
    2,
)


@st.composite
def one_sided(draw: st.DrawFn) -> Table:
    """A table one of whose columns varies much less than the others, by a power of two."""
    X, r = draw(st.one_of(tables(), wide()))
    X = X.copy()
    X[:, draw(st.integers(0, X.shape[1] - 1))] *= draw(st.sampled_from([2.0**-6, 2.0**-11]))
    return X, r


@st.composite
def far_away(draw: st.DrawFn) -> Table:
    """A table that lies up to a million standard deviations from the origin."""
    X, r = draw(st.one_of(tables(), wide()))
    X = X.copy()
    # Two of at most ten numbers differ by 8, so the standard deviation is at least 1.8.
    X[0, 0], X[1, 0] = 8.0, 0.0
    offsets = [draw(st.sampled_from([0, 10**4, -(10**6), 10**6])) for _ in range(X.shape[1])]
    # Numbers whose squares are rounded, as those of whole numbers of this size are not.
    return (X + np.array(offsets, dtype=float)) * 0.3, r


@st.composite
def of_integers(draw: st.DrawFn) -> Table:
    """A table of an integer type, with numbers whose sums and products overflow the narrow ones."""
    narrow = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
    low, high = max(narrow.min, -(10**5)), min(narrow.max, 10**5)
    n, d = draw(st.integers(2, 6)), draw(st.integers(1, 3))
    cells = draw(st.lists(st.integers(low, high), min_size=n * d, max_size=n * d))
    X = np.array(cells).reshape(n, d).astype(narrow.dtype)
    return X, draw(st.integers(1, min(n, d)))


@st.composite
def of_equal_rows(draw: st.DrawFn) -> Table:
    """A table of any type whose rows are all equal, so that nothing has to be computed."""
    X, r = draw(st.one_of(tables(), of_integers()))
    return np.repeat(X[:1], len(X), axis=0), r


@given(table=st.one_of(tables(), wide(), of_integers(), of_equal_rows()), examples=40)
@example(table=SLANTED)
@example(table=(np.array([[3.0], [5.0]]), 1))
@example(table=SHORT)
@example(table=(np.array([[1, 2], [3, 5], [4, 4]]), 2))
@example(table=(np.full((4, 3), 7, dtype=np.int8), 2))
@example(table=(np.zeros((2, 2), dtype=np.int64), 1))
def test_the_answer_has_the_promised_shapes_and_types(submission: Submission, table: Table) -> None:
    """The answer is (mean, components, variances): float64 of shapes (d,), (r, d), (r,)."""
    X, r = table
    found = submission.pca(X, r)
    if not isinstance(found, tuple) or len(found) != 3:
        reject(
            "The answer is not a tuple of three.",
            returned=found,
            expected="(mean, components, variances)",
        )
    d = X.shape[1]
    shapes = {"mean": (d,), "components": (r, d), "variances": (r,)}
    for part, (name, shape) in zip(found, shapes.items(), strict=True):
        array(part, name=name, shape=shape, kind="float", dtype=np.float64)


@given(table=st.one_of(tables(), wide(), far_away(), of_integers()), examples=40)
@example(table=SLANTED)
@example(table=FIRST_IS_SMALL)
@example(table=((UNEQUAL[0] - np.array([1e6, 0.0, 1e4])) * 0.3, 3))
@example(table=(np.array([[200, 1], [255, 3]], dtype=np.uint8), 1))
def test_the_mean_is_the_mean_of_each_column(submission: Submission, table: Table) -> None:
    """mean holds the mean of each column."""
    X, r = table
    floats = X.astype(np.longdouble)
    close(
        answer(submission, X, r)[0],
        np.asarray(floats.mean(axis=0), dtype=float),
        # What the task says; the mean of ten numbers needs a few eps.
        within=1e-12 * np.abs(X.astype(float)).max(axis=0),
        name="mean",
        because="The mean of each column is expected.",
    )


@given(table=st.one_of(tables(), wide(), deficient()), examples=40)
@example(table=SLANTED)
@example(table=FLAT)
@example(table=ON_A_LINE)
@example(table=SHORT)
@example(table=WIDE)
@example(table=LARGE)
def test_the_components_are_orthonormal(submission: Submission, table: Table) -> None:
    """The components have length 1 and stand at right angles, also where variances are 0."""
    _, components, _ = answer(submission, *table)
    close(
        components @ components.T,
        np.eye(len(components)),
        within=1e-9,
        name="components @ components.T",
        because="The components must be orthonormal, those of variance 0 included.",
    )


@given(table=st.one_of(tables(), wide(), one_sided()), examples=40)
@example(table=SLANTED)
@example(table=UNEQUAL)
@example(table=WIDE)
@example(table=ONE_SIDED)
@example(table=LARGE)
@example(table=LONG)
def test_each_variance_is_that_of_the_scores(submission: Submission, table: Table) -> None:
    """variances[i] is the variance of the scores along components[i], divided by n - 1."""
    X, r = table
    _, components, variances = answer(submission, X, r)
    close(
        variances,
        (scores_of(X, components) ** 2).sum(axis=0) / (len(X) - 1),
        within=slack(X),
        name="variances",
        because="This is the variance of the scores along each component, divided by n - 1.",
    )


@given(table=st.one_of(tables(), wide(), deficient()), examples=40)
@example(table=SLANTED)
@example(table=FIRST_IS_SMALL)
@example(table=ON_A_LINE)
@example(table=WIDE)
@example(table=(np.array([[1.0, 2.0, 0.5], [2.0, 4.0, 1.0], [4.0, 8.0, 2.0], [7.0, 14.0, 3.5]]), 3))
def test_the_variances_descend_and_are_never_negative(submission: Submission, table: Table) -> None:
    """The largest variance comes first, the smallest last, and none is negative."""
    X, r = table
    _, _, variances = answer(submission, X, r)
    require(
        np.all(np.diff(variances) <= slack(X)),
        "The variances do not go from the largest to the smallest.",
        returned=f"variances = {variances.tolist()}",
    )
    require(
        np.all(variances >= 0),
        "A variance is negative, if only by rounding.",
        returned=f"variances = {variances.tolist()}",
    )


@given(table=st.one_of(tables(), wide()), whole=st.booleans(), examples=40)
@example(table=SLANTED, whole=False)
@example(table=(NEARLY_ROUND[0], 1), whole=False)
@example(table=UNEQUAL, whole=False)
@example(table=UNEQUAL, whole=True)
@example(table=(WIDE[0], 1), whole=False)
@example(table=WIDE, whole=True)
@example(table=MANY_OF_BOTH, whole=False)
def test_no_other_directions_rebuild_the_rows_better(
    submission: Submission, table: Table, whole: bool
) -> None:
    """No r directions rebuild X better, and min(n, d) of them rebuild it entirely."""
    X, r = table
    r = min(X.shape) if whole else r
    check_rebuilt(X, answer(submission, X, r)[1])


@given(table=st.one_of(tables(), wide(), far_away()), examples=35)
@example(table=UNEQUAL)
@example(table=NEARLY_ROUND)
@example(table=WIDE)
# A cancellation may spoil the directions by so little that their variances do not show it.
@example(table=((NEARLY_ROUND[0] + 1e6) * 0.3, 2))
@example(table=(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.25]]), 2))
def test_the_scores_of_two_components_are_uncorrelated(
    submission: Submission, table: Table
) -> None:
    """The scores along two different components are uncorrelated."""
    X, r = table
    check_uncorrelated(X, answer(submission, X, r)[1])


@given(
    table=st.one_of(tables(), wide()),
    scale=st.sampled_from([2.0**-16, 2.0**-10, 2.0**20, 2.0**26]),
    examples=30,
)
@example(table=UNEQUAL, scale=2.0**-16)
@example(table=SLANTED, scale=2.0**-16)
@example(table=ON_A_LINE, scale=2.0**-16)
@example(table=SHORT, scale=2.0**-16)
@example(table=UNEQUAL, scale=2.0**26)
def test_no_size_of_the_numbers_is_special(
    submission: Submission, table: Table, scale: float
) -> None:
    """The variances of tiny numbers and of large ones are as exact as those of others."""
    check_all_variances(submission, table[0] * scale)  # a power of two: the numbers stay exact


@given(table=far_away(), examples=30)
@example(table=((SLANTED[0] + 1e6) * 0.3, 2))
@example(table=((SHORT[0] + 1e6) * 0.3, 2))
@example(table=((UNEQUAL[0][:3] - 1e6) * 0.3, 2))
@example(table=((UNEQUAL[0] - np.array([1e6, 0.0, 1e4])) * 0.3, 3))
@example(table=((NEARLY_ROUND[0] + 1e6) * 0.3, 2))
@example(table=((WIDE[0] + 1e6) * 0.3, 2))
def test_data_far_from_the_origin_have_the_same_variances(
    submission: Submission, table: Table
) -> None:
    """Data that lie 10**6 times their spread from the origin are no harder than others."""
    check_all_variances(submission, table[0])


@given(table=of_integers(), examples=30)
@example(table=(np.array([[100, 120], [-128, 90], [127, 0]], dtype=np.int8), 2))
@example(table=(np.array([[200, 255], [10, 0], [255, 3]], dtype=np.uint8), 1))
@example(table=(np.array([[1, 2], [3, 5], [4, 4]]), 2))
def test_integer_arrays_have_the_variances_of_the_same_floats(
    submission: Submission, table: Table
) -> None:
    """Tables of any integer type are treated like the same numbers as floats."""
    check_all_variances(submission, table[0])


@given(table=tables(), other=tables(), examples=25)
@example(table=UNEQUAL, other=SHORT)
@example(table=ON_A_LINE, other=FLAT)
def test_equal_calls_give_equal_answers(submission: Submission, table: Table, other: Table) -> None:
    """Equal calls give exactly equal answers, whatever was called in between."""
    first = answer(submission, *table)
    answer(submission, *other)
    second = answer(submission, *table)
    for name, before, after in zip(("mean", "components", "variances"), first, second, strict=True):
        same_answer(before, after, name=name, because="Only X and r may decide.")


@given(table=tables(), examples=25)
@example(table=SLANTED)
def test_X_is_left_unchanged(submission: Submission, table: Table) -> None:
    """pca does not change X."""
    answer(submission, *table)
    unchanged(submission)


@given(
    table=tables(),
    bad=st.sampled_from([np.nan, np.inf, -np.inf]),
    at=st.integers(0, 99),
    few=st.integers(-3, 0),
    more=st.integers(1, 3),
    examples=25,
)
@example(table=SLANTED, bad=np.nan, at=0, few=0, more=1)
@example(table=SHORT, bad=np.inf, at=1, few=-1, more=1)
@example(table=(np.array([[1.0], [2.0], [4.0]]), 1), bad=-np.inf, at=2, few=0, more=1)
def test_impossible_arguments_are_refused(
    submission: Submission, table: Table, bad: float, at: int, few: int, more: int
) -> None:
    """pca raises ValueError for r out of range, one row, X not 2-D, NaN and infinity."""
    X, r = table
    with raises(ValueError, "r is less than 1"):
        submission.pca(X, few)
    with raises(ValueError, "r is larger than min(n, d)"):
        submission.pca(X, min(X.shape) + more)
    with raises(ValueError, "X has one row only"):
        submission.pca(X[:1], 1)
    with raises(ValueError, "X has one dimension"):
        submission.pca(X[:, 0], 1)
    with raises(ValueError, "X has three dimensions"):
        submission.pca(X[:, :, np.newaxis], 1)
    broken = X.copy()
    broken.flat[at % X.size] = bad
    with raises(ValueError, f"X holds {bad}"):
        submission.pca(broken, r)


def thin(X: Array, r: int) -> tuple[Array, Array, Array]:
    """What the growth is compared with: the thin singular value decomposition."""
    mean = X.mean(axis=0)
    _, lengths, rows = np.linalg.svd(X - mean, full_matrices=False)
    return mean, rows[:r], lengths[:r] ** 2 / (len(X) - 1)


def test_the_cost_grows_linearly_with_the_columns(submission: Submission) -> None:
    """For 40 rows the time and the memory grow in proportion to d."""
    growth(
        submission,
        answer,
        definition=thin,
        # Centred rows span 39 directions at most, so the last one has to come from elsewhere.
        on=lambda d, rng: (rng.normal(size=(40, d)), 40),
        start=1000,
        law="O(n**2 * d)",
        size="d",
    )


def test_the_cost_grows_linearly_with_the_rows(submission: Submission) -> None:
    """For 5 columns the time and the memory grow in proportion to n."""
    growth(
        submission,
        answer,
        definition=thin,
        # Here they span four, and again r is more than that.
        on=lambda n, rng: (rng.normal(size=(n, 4))[:, [0, 1, 2, 3, 0]], 5),
        start=1600,
        law="O(n * d**2)",
    )
