"""What SMOTE must satisfy, whichever rows, neighbours and places on the line are drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES, matrices, vectors

from kata.grading import (
    Submission,
    array,
    budget,
    example,
    given,
    pair,
    raises,
    reject,
    require,
    same_answer,
    unchanged,
)

Array = np.ndarray[Any, Any]
EPS = float(np.finfo(float).eps)

LAST_SEED = 2**32 - 1
SEEDS = st.one_of(
    st.integers(0, 3), st.integers(0, LAST_SEED), st.sampled_from([2**31 - 1, 2**31, LAST_SEED])
)


@dataclass(frozen=True)
class Table:
    """Rows and their classes."""

    X: Array
    y: Array

    @property
    def sizes(self) -> dict[Any, int]:
        """How many rows each class has."""
        names, counts = np.unique(self.y, return_counts=True)
        return dict(zip(names.tolist(), counts.tolist(), strict=True))

    @property
    def wanted(self) -> int:
        """How many rows each class is to have."""
        return max(self.sizes.values())

    def rows(self, name: Any) -> Array:
        """The rows of a class, as float64."""
        return np.asarray(self.X[self.y == name], dtype=float)


def table(**classes: list[Any]) -> Table:
    """Rows by class, a number standing for a row of one; in turns, not class by class."""
    rows = [
        (np.atleast_1d(np.array(row, dtype=float)), name, at)
        for name, members in classes.items()
        for at, row in enumerate(members)
    ]
    rows.sort(key=lambda row: row[2])
    return Table(np.array([row[0] for row in rows]), np.array([row[1] for row in rows]))


def answer(submission: Submission, case: Table, **options: Any) -> tuple[Array, Array]:
    """The answer, checked for its types, shapes and dtypes."""
    found, y = pair(submission.smote(case.X, case.y, **options), name="The answer")
    X = array(found, name="X_more", shape=(None, case.X.shape[1]), kind="float", dtype=np.float64)
    kinds = "iu" if case.y.dtype.kind in "iu" else "U"
    wanted = f"{len(X)} labels, one a row of X_more, of the kind of y, {case.y.dtype}"
    if not isinstance(y, np.ndarray) or y.shape != (len(X),) or y.dtype.kind not in kinds:
        reject(
            "y_more has another type, shape or dtype than promised.", returned=y, expected=wanted
        )
    return X, y


def new_rows(submission: Submission, case: Table, **options: Any) -> dict[Any, Array]:
    """The new rows of each class."""
    X, y = answer(submission, case, **options)
    n = len(case.X)
    return {name: X[n:][y[n:] == name] for name in case.sizes}


def neighbours_of(rows: Array, k: int) -> Array:
    """A matrix that says at [i, j] whether row j may count among the k nearest of row i.

    The squared distance may have been computed as |x|^2 - 2 x.z + |z|^2, whose d + 2 terms are of
    the size (|x| + |z|)^2 and are each rounded a few times.
    """
    m, d = rows.shape
    squared = ((rows[:, np.newaxis, :] - rows) ** 2).sum(axis=2)
    np.fill_diagonal(squared, np.inf)
    farthest = np.sort(squared, axis=1)[:, min(k, m - 1) - 1]
    size = np.linalg.norm(rows, axis=1).max()
    near: Array = squared <= (farthest + 8 * (d + 4) * EPS * (2 * size) ** 2)[:, np.newaxis]
    np.fill_diagonal(near, val=False)
    return near


def check_between(new: Array, rows: Array, k: int, name: Any) -> None:
    """Check that every new row lies between a row and one of its k nearest neighbours."""
    i, j = np.nonzero(neighbours_of(rows, k))
    starts, steps = rows[i], rows[j] - rows[i]
    lengths = np.maximum((steps**2).sum(axis=1), np.finfo(float).tiny)
    # x + u * (z - x), or (1 - u) * x + u * z, has three roundings a coordinate of numbers of this
    # size; the place on the line, found here from d products, has d more.
    within = 4 * (rows.shape[1] + 4) * EPS * 2 * max(1e-300, float(np.abs(rows).max()))
    for at, row in enumerate(new):
        place = np.clip(((row - starts) * steps).sum(axis=1) / lengths, 0, 1)
        off = np.abs(starts + place[:, np.newaxis] * steps - row).max(axis=1)
        if not np.any(off <= within):
            near = int(off.argmin())
            reject(
                f"New row {at} of class {name!r} is not between a row of the class and one of its "
                f"{min(k, len(rows) - 1)} nearest neighbours.",
                returned=row,
                expected=f"for one, {starts[near].tolist()} + u * {steps[near].tolist()}, with u "
                "from 0 to 1",
            )


# Inputs.

NAMES: tuple[Array, ...] = (
    np.array([0, 1, 2]),
    np.array([7, -2, 100]),
    np.array(["b", "a", "long name"]),
    np.array([7, -2, 100], np.int8),
    np.array([0, 255, 2], np.uint8),
    # NumPy joins uint64 and int64 to float64.
    np.array([3, 0, 1], np.uint64),
    # Apart as integers, but not as floats.
    np.array([2**53, 2**53 + 1, -1]),
)


# Rows so close that anything added to their distances, or a least distance, outweighs them.
TINY = 2.0**-50
SCALES_AND_SHIFTS = [(1.0, 0.0), (1.0, 0.0), (1.0, 1000.0), (1.0, 30_000.0), (TINY, 0.0)]


@st.composite
def tables(draw: st.DrawFn, alone: bool = False) -> Table:
    """Up to three classes of a few rows each, shuffled; one row a class only where all have one."""
    classes = draw(st.integers(1, 3))
    most = draw(st.integers(1, 9))
    least = min(2, most)
    sizes = [most, *(draw(st.integers(least, most)) for _ in range(classes - 1))]
    if alone:
        sizes = [max(most, 2), 1, *sizes[2:]]
    names = draw(st.sampled_from(NAMES))
    y = np.repeat(names[: len(sizes)], sizes)
    n, d = len(y), draw(st.integers(1, 3))
    scale, shift = draw(st.sampled_from(SCALES_AND_SHIFTS))
    X = draw(matrices(st.just(n), st.just(d))) * scale + shift
    repeats = draw(st.lists(st.integers(0, n - 1), max_size=2))
    for at in repeats:
        X[at] = X[(at + 1) % n]
    order = draw(st.permutations(range(n)))
    return Table(X[order], y[order])


K = st.integers(1, 6)
# Two pairs far apart: with k = 1 nothing may lie between the pairs.
TWO_PAIRS = table(small=[0, 1, 10, 11], large=[5, 5, 5, 5, 5, 6, 7, 8, 9, 4, 3, 2])
# Off any axis, so that a number u for each coordinate leaves the line.
DIAGONAL = table(few=[[0, 0], [4, 8]], many=[[1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [9, 9]])
THREE = table(a=[0, 1, 3], b=[10, 11, 13, 17, 18], c=[20, 24])
BALANCED = table(x=[[1.0, 2.0], [3.0, 4.0]], y=[[5.0, 6.0], [7.0, 8.0]])
ONE_CLASS = table(x=[[1.5, 2.0, 3.0]])
# The neighbours of the small class among all rows are of the large one.
AMONG_OTHERS = table(small=[0, 10, 20], large=[1, 9, 11, 19, 21, 0.5, 10.5, 20.5])
NEAR_BUT_LAST = table(
    s=[[0, 0], *[[i, 40 * i] for i in range(1, 7)], [7, 1]],
    t=[[50, 50]] * 40,
)
# In single precision their squares have no digit left for how far they are apart.
FAR_AWAY = table(
    s=[[30_000 + a, 30_000 - b] for a, b in [(0, 0), (1, 1), (5, 0), (5, 2), (9, 7), (8, 8)]],
    t=[[30_000, 30_000]] * 40,
)
TWICE = table(small=[[1, 1], [1, 1], [4, 2], [9, 9]], large=[[0, 0]] * 12)
# With k = 1 nothing may lie between the twins and the others, of which neither has a twin nearest.
TWINS_APART = table(small=[0, 0, 10, 11], large=[5] * 40)


def scattered(m: int, d: int, chance: int) -> Table:
    """A class of m rows beside one of m + 1,000, all of them different and in a random order.

    The nearest neighbours of a row stand anywhere in the class, also when its rows are sorted by a
    coordinate; and there are more of them than one may want to compare with all at once.
    """
    rng = np.random.default_rng(chance)
    y = rng.permutation(np.repeat([0, 1], [m + 1000, m]))
    return Table(rng.normal(size=(len(y), d)), y)


@given(case=tables(), k=K, seed=SEEDS, examples=25)
@example(case=DIAGONAL, k=5, seed=0)
@example(case=THREE, k=2, seed=1)
@example(case=BALANCED, k=1, seed=0)
@example(case=ONE_CLASS, k=5, seed=0)
@example(case=Table(np.array([[1.0], [2.0], [3.0]]), np.array([1, 1, 1])), k=1, seed=0)
# Labels of any integer type, and numbers that float64 does not hold.
@example(case=Table(THREE.X, np.repeat(np.array([9, 0, 4], np.uint64), [5, 3, 2])), k=1, seed=0)
@example(case=Table(THREE.X, np.repeat(np.array([9, -9, 4], np.int8), [5, 3, 2])), k=1, seed=0)
@example(case=Table(THREE.X, np.repeat(2**53 + np.array([0, 1, 3]), [5, 3, 2])), k=1, seed=0)
# Integers become float64, also where no row is new.
@example(case=Table(np.array([[1, 2], [3, 5]]), np.array([0, 1])), k=1, seed=0)
@example(case=Table(np.array([[1, 2], [3, 5]], np.int8), np.array(["a", "a"])), k=1, seed=0)
def test_the_given_rows_come_first_and_unchanged(
    submission: Submission, case: Table, k: int, seed: int
) -> None:
    """X_more, of float64, begins with the rows of X, and y_more with the labels of y."""
    X, y = answer(submission, case, k=k, seed=seed)
    n = len(case.X)
    require(
        np.array_equal(X[:n], case.X),
        f"The first {n} rows of X_more are not those of X.",
        returned=X[:n],
        expected=case.X,
    )
    require(
        np.array_equal(y[:n], case.y),
        f"The first {n} labels of y_more are not those of y.",
        returned=y[:n],
        expected=case.y,
    )


@given(case=tables(), k=K, seed=SEEDS, examples=25)
@example(case=DIAGONAL, k=5, seed=0)
@example(case=THREE, k=2, seed=1)
@example(case=BALANCED, k=1, seed=0)
@example(case=ONE_CLASS, k=5, seed=0)
@example(case=TWO_PAIRS, k=2, seed=0)
def test_every_class_gets_as_many_rows_as_the_largest(
    submission: Submission, case: Table, k: int, seed: int
) -> None:
    """Every class ends up with as many rows as the largest class of y has."""
    _, y = answer(submission, case, k=k, seed=seed)
    names, counts = np.unique(y, return_counts=True)
    got = dict(zip(names.tolist(), counts.tolist(), strict=True))
    require(
        got == dict.fromkeys(case.sizes, case.wanted),
        f"y has {case.sizes} rows a class, so each is to have {case.wanted}.",
        returned=f"{got}",
        expected=f"{dict.fromkeys(case.sizes, case.wanted)}",
    )


@given(case=tables(), k=st.one_of(K, st.integers(8, 40)), seed=SEEDS, examples=60)
@example(case=TWO_PAIRS, k=1, seed=0)
@example(case=DIAGONAL, k=1, seed=0)
@example(case=AMONG_OTHERS, k=1, seed=0)
@example(case=THREE, k=1, seed=0)
@example(case=TWICE, k=1, seed=0)
@example(case=TWICE, k=2, seed=1)
@example(case=TWINS_APART, k=1, seed=0)
@example(case=table(s=[0, 1, 2, 10, 11, 12], t=[5] * 40), k=2, seed=0)
# In order of the first coordinate the nearest is another row.
@example(case=table(s=[[0, 0], [1, 90], [2, 1], [3, 91]], t=[[50, 50]] * 30), k=1, seed=0)
# The first and the last row are nearest to each other, and seven apart in that order.
@example(case=NEAR_BUT_LAST, k=1, seed=0)
@example(case=FAR_AWAY, k=1, seed=0)
@example(case=FAR_AWAY, k=2, seed=0)
@example(case=Table(TWO_PAIRS.X * TINY, TWO_PAIRS.y), k=1, seed=0)
@example(case=Table(NEAR_BUT_LAST.X * TINY, NEAR_BUT_LAST.y), k=2, seed=0)
@example(case=scattered(400, 3, chance=0), k=5, seed=0)
# Fewer other rows than k.
@example(case=table(s=[0, 4], t=[9] * 5), k=5, seed=0)
@example(case=table(s=[[0, 1], [4, 0], [7, 7]], t=[[9, 9]] * 9), k=3, seed=0)
@example(case=THREE, k=40, seed=2)
def test_every_new_row_lies_between_a_row_and_a_near_neighbour(
    submission: Submission, case: Table, k: int, seed: int
) -> None:
    """Every new row lies between a row and one of its k nearest neighbours, or of all if fewer."""
    for name, new in new_rows(submission, case, k=k, seed=seed).items():
        if len(new):
            check_between(new, case.rows(name), k, name)


@given(
    m=st.integers(400, 450),
    d=st.integers(2, 4),
    chance=st.integers(0, 10**6),
    k=K,
    seed=SEEDS,
    examples=2,
)
@example(m=400, d=3, chance=0, k=5, seed=0)
def test_hardly_any_new_row_is_a_copy_of_a_given_one(
    submission: Submission, m: int, d: int, chance: int, k: int, seed: int
) -> None:
    """A row is no neighbour of itself, in large classes either, so that few new rows are copies."""
    case = scattered(m, d, chance)
    new, rows = new_rows(submission, case, k=k, seed=seed)[1], case.rows(1)
    # Where z is x itself, x + u * (z - x) is x, and (1 - u) * x + u * z is so up to four roundings
    # of half an EPS each.
    within = 4 * EPS * float(np.abs(rows).max())
    nearest = np.array([np.abs(row - rows).max(axis=1).min() for row in new])
    copies = int((nearest <= within).sum())
    # With a neighbour 10**-4 away or more, which few are not, u has to be within 10**-10 of 0 or 1.
    # Of 24 random bits, as in single precision, it is so once in 2**23 rows. So one row in a
    # hundred is far more than chance.
    require(
        copies <= len(new) / 100,
        f"{copies:,} of the {len(new):,} new rows in a class of {m:,} have the numbers of a given "
        "row, though all of its rows differ. u, drawn evenly, hardly ever is 0 or 1, and the "
        "neighbours of a row are other rows.",
        returned=new[nearest <= within][:3],
        expected=f"at most {len(new) // 100:,} such rows",
    )


@st.composite
def few(draw: st.DrawFn) -> tuple[Array, int]:
    """Up to six rows that are clear about who is near whom, and a k."""
    m, k = draw(st.integers(2, 6)), draw(st.integers(1, 5))
    shape = draw(st.sampled_from(["axes", "line", "close"]))
    if shape == "axes":
        return on_axes(draw(st.permutations(range(m)))), k
    if shape == "close":
        return close_together([draw(st.permutations(range(m))) for _ in range(3)]), max(k, m - 1)
    d = draw(st.integers(1, 2))
    rows = draw(vectors(m * d)).reshape(m, d)
    # Ever farther apart, and by more than the numbers vary: no two neighbours are equally near.
    rows[:, 0] += 40.0 * 2.0 ** np.arange(m)
    return rows[draw(st.permutations(range(m)))], k


def on_axes(ranks: list[int]) -> Array:
    """Rows on axes of their own, so that a new row tells between which two it lies.

    The lower its rank, the nearer is a row to each of the others.
    """
    return np.diag(2.0 ** np.array(ranks))


def close_together(columns: list[list[int]]) -> Array:
    """Rows so close and so far out that |x|**2 - 2 * x.z + |z|**2 is nothing but rounding.

    It may even put another row before x itself. Who the neighbours are is clear all the same where
    k is large enough for all the other rows.
    """
    return 900_000 + np.array(columns, dtype=float).T * 2.0**-10


def share_below(rows: Array, k: int, coordinate: int, bound: float) -> float:
    """The probability that a new row lies below the bound: the mean over rows and neighbours."""
    shares = []
    for i, j in zip(*np.nonzero(neighbours_of(rows, k)), strict=True):
        a, b = sorted((float(rows[i, coordinate]), float(rows[j, coordinate])))
        shares.append(float(bound > a) if a == b else min(max((bound - a) / (b - a), 0.0), 1.0))
    return sum(shares) / len(shares)  # each row has the same number of neighbours


@given(case=few(), seed=SEEDS, examples=8)
@example(case=(np.array([[0.0], [8.0]]), 1), seed=0)
# With fewer other rows than k, a row is still no neighbour of itself.
@example(case=(np.array([[0.0], [8.0]]), 5), seed=0)
@example(case=(np.array([[0.0], [1.0], [9.0]]), 2), seed=0)
# Each of two rows that are alike counts: a third of the new rows lies between them.
@example(case=(np.array([[0.0], [0.0], [8.0]]), 2), seed=0)
@example(case=(np.array([[0.0], [1.0], [10.0], [12.0], [40.0], [45.0]]), 1), seed=1)
@example(case=(np.array([[0.0, 0.0], [1.0, 5.0], [9.0, 6.0], [30.0, 2.0]]), 2), seed=2)
# Whether the nearest and the farthest neighbour, the first row and the last, come as often as those
# in the middle.
@example(case=(on_axes([0, 1, 2, 3, 4, 5]), 3), seed=0)
@example(case=(on_axes([5, 3, 0, 1, 2, 4]), 5), seed=1)
@example(case=(close_together([[0, 1, 2], [1, 0, 2], [2, 0, 1]]), 2), seed=0)
def test_rows_neighbours_and_places_are_drawn_evenly(
    submission: Submission, case: tuple[Array, int], seed: int
) -> None:
    """Among 1,000 new rows or more, rows, neighbours and places between them are drawn evenly."""
    rows, k = case
    m, d = rows.shape
    count = 3900
    X = np.vstack([np.full((count + m, d), -5.0), rows])
    y = np.repeat([0, 1], [count + m, m])
    new = new_rows(submission, Table(X, y), k=k, seed=seed)[1]
    require(len(new) == count, f"{len(new)} rows are new, not {count}.")
    for coordinate in range(d):
        low, high = float(rows[:, coordinate].min()), float(rows[:, coordinate].max())
        quarters = [low + (high - low) * part for part in (0.25, 0.5, 0.75)]
        places = np.unique(rows[:, coordinate])
        middles = (places[1:] + places[:-1]) / 2
        # A little above a row: most of what lies below it has nothing to do with rows beyond it.
        above = places[:-1] + (high - low) / 100
        for bound in [*quarters, *middles.tolist(), *above.tolist()]:
            if np.abs(places - bound).min() <= 8 * EPS * np.abs(rows).max():
                # Between two rows with this very coordinate, rounding decides on the side.
                continue
            want = share_below(rows, k, coordinate, bound)
            got = float(np.mean(new[:, coordinate] < bound))
            # Six standard deviations of a count of independent draws. If rows have their turn, the
            # last round leaves at most m of them one ahead.
            slack = 6 * math.sqrt(max(want * (1 - want), 1 / count) / count) + m / count
            require(
                abs(got - want) <= slack,
                f"Of {count} new rows, {got:.0%} have X[:, {coordinate}] < {bound:.10g}; drawn "
                f"evenly it would be {want:.0%}, give or take {slack:.0%}.",
                returned=f"rows = {rows.tolist()}, k = {k}",
            )


@given(case=few(), seed=SEEDS, examples=4)
@example(case=(np.array([[0.0], [8.0]]), 1), seed=0)
@example(case=(np.array([[0.0, 0.0], [1.0, 5.0], [9.0, 6.0], [30.0, 2.0]]), 2), seed=2)
@example(case=(on_axes([0, 1, 2, 3, 4, 5]), 5), seed=1)
def test_every_new_row_is_drawn_anew(
    submission: Submission, case: tuple[Array, int], seed: int
) -> None:
    """Draws are not used again: classes with the same rows do not get the same new rows."""
    rows, k = case
    m, d = rows.shape
    count = 1000
    X = np.vstack([np.full((count + m, d), -5.0), rows, rows])
    y = np.repeat([0, 1, 2], [count + m, m, m])
    new = new_rows(submission, Table(X, y), k=k, seed=seed)
    both = np.vstack([new[1], new[2]])
    # Where u has 24 random bits, as in single precision, two rows in 2**24 pairs are alike by
    # chance; here are 2 * 10**6 pairs. So one row in a hundred is far more than chance.
    alike = len(both) - len(np.unique(both, axis=0))
    require(
        alike <= len(both) / 100,
        f"Two classes hold the same {m} rows. Of their {len(both):,} new rows, {alike:,} are "
        "copies of others. Drawn anew for each new row of each class, hardly any would be.",
        returned=f"rows = {rows.tolist()}, k = {k}",
    )


@given(case=tables(), other=tables(), k=K, seed=SEEDS, examples=20)
@example(case=DIAGONAL, other=THREE, k=2, seed=0)
@example(case=THREE, other=DIAGONAL, k=1, seed=5)
# Nothing can be added to the last seed.
@example(case=THREE, other=DIAGONAL, k=1, seed=LAST_SEED)
# Where k = 5 leaves some rows out.
@example(case=table(s=[0, 1, 2, 4, 8, 16, 32], t=[9] * 30), other=THREE, k=6, seed=1)
def test_the_same_arguments_give_the_same_answer(
    submission: Submission, case: Table, other: Table, k: int, seed: int
) -> None:
    """Equal calls give exactly equal answers; where they are left out, k is 5 and seed 0."""
    first = answer(submission, case, k=k, seed=seed)
    answer(submission, other, k=k, seed=(seed + 1) % 2**32)
    second = answer(submission, case, k=k, seed=seed)
    because = "Only X, y, k and seed may decide."
    same_answer(first[0], second[0], name="X_more", because=because)
    same_answer(first[1], second[1], name="y_more", because=because)
    because = "The defaults are k=5 and seed=0."
    left_out, stated = answer(submission, case), answer(submission, case, k=5, seed=0)
    same_answer(stated[0], left_out[0], name="X_more", because=because)
    same_answer(stated[1], left_out[1], name="y_more", because=because)


@given(seed=SEEDS, more=st.integers(1, 2**31), k=K, examples=15)
@example(seed=0, more=1, k=1)
@example(seed=3, more=2**16, k=5)
@example(seed=3, more=2**31, k=5)
@example(seed=1, more=1, k=5)
def test_another_seed_gives_other_rows(
    submission: Submission, seed: int, more: int, k: int
) -> None:
    """Two different seeds give different new rows."""
    other = (seed + more) % 2**32
    ours, theirs = (answer(submission, DIAGONAL, k=k, seed=s)[0] for s in (seed, other))
    require(
        not np.array_equal(ours, theirs),
        f"The seeds {seed} and {other} give the same rows.",
        returned=ours,
    )


@st.composite
def integer_tables(draw: st.DrawFn) -> Table:
    """A class of 2 to 5 rows of an integer type beside one that is as large, or larger."""
    kind = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
    low, high = max(int(kind.min), -(10**6)), min(int(kind.max), 10**6)
    m, d = draw(st.integers(2, 5)), draw(st.integers(1, 2))
    n = 2 * m + draw(st.integers(0, m + 2))
    cells = draw(st.lists(st.integers(low, high), min_size=n * d, max_size=n * d))
    y = np.array([1] * m + [0] * (n - m), draw(st.sampled_from([np.int64, np.uint64, np.int8])))
    return Table(np.array(cells).reshape(n, d).astype(kind.dtype), y)


def pairs_of_integers(rows: list[int], dtype: type[np.integer[Any]]) -> Table:
    """Two pairs of neighbours at the ends of a narrow type's range, and a large class."""
    X = np.array([*rows, *[1] * 40], dtype=dtype).reshape(-1, 1)
    return Table(X, np.repeat([1, 0], [len(rows), 40]))


@given(case=integer_tables(), k=st.integers(1, 3), seed=SEEDS, examples=25)
# Numbers rounded to integers leave the line.
@example(
    case=Table(np.array([[0, 0], [3, 7], *[[1, 1]] * 20]), np.repeat([1, 0], [2, 20])), k=1, seed=0
)
# Differences that wrap around make the two ends neighbours.
@example(case=pairs_of_integers([0, 60, 200, 255], np.uint8), k=1, seed=0)
@example(case=pairs_of_integers([-128, -70, 60, 127], np.int8), k=1, seed=0)
@example(case=pairs_of_integers([10**6, 10**6 - 5, -(10**6), 7 - 10**6], np.int32), k=1, seed=0)
def test_integer_rows_are_treated_like_the_same_floats(
    submission: Submission, case: Table, k: int, seed: int
) -> None:
    """Rows of any integer type get new rows of float64 between near neighbours."""
    for name, new in new_rows(submission, case, k=k, seed=seed).items():
        if len(new):
            check_between(new, case.rows(name), k, name)


@given(case=tables(), k=K, seed=SEEDS, examples=15)
@example(case=DIAGONAL, k=1, seed=0)
@example(case=BALANCED, k=1, seed=0)
@example(case=TWO_PAIRS, k=1, seed=0)
def test_X_and_y_are_left_unchanged(submission: Submission, case: Table, k: int, seed: int) -> None:
    """smote changes neither X nor y."""
    answer(submission, case, k=k, seed=seed)
    unchanged(submission)


@given(case=tables(alone=True), k=K, examples=15)
@example(case=table(s=[0], t=[1, 2, 3]), k=1)
@example(case=table(s=[[0, 0]], t=[[1, 2], [2, 2]], u=[[3, 3], [4, 4]]), k=5)
def test_a_class_of_one_row_that_needs_more_is_refused(
    submission: Submission, case: Table, k: int
) -> None:
    """smote raises ValueError when a class that needs new rows has only one row."""
    with raises(ValueError, "a class that needs new rows has only one"):
        submission.smote(case.X, case.y, k=k)


@given(
    case=tables(),
    k=st.integers(-2, 0),
    bad=st.sampled_from([np.nan, np.inf, -np.inf]),
    at=st.integers(0, 99),
    examples=15,
)
@example(case=DIAGONAL, k=0, bad=np.nan, at=0)
@example(case=BALANCED, k=-1, bad=np.inf, at=3)
@example(case=ONE_CLASS, k=0, bad=-np.inf, at=1)
def test_impossible_arguments_are_refused(
    submission: Submission, case: Table, k: int, bad: float, at: int
) -> None:
    """smote raises ValueError for k < 1, unequal lengths, and NaN or infinity in X."""
    with raises(ValueError, "k is less than 1"):
        submission.smote(case.X, case.y, k=k)
    with raises(ValueError, "y is shorter than X"):
        submission.smote(case.X, case.y[:-1])
    with raises(ValueError, "y is longer than X"):
        submission.smote(case.X, np.append(case.y, case.y[:1]))
    broken = case.X.copy()
    broken.flat[at % broken.size] = bad
    with raises(ValueError, f"X holds {bad}"):
        submission.smote(broken, case.y)


def compared(X: Array, y: Array) -> Array:
    """What the budget is a multiple of: all distances in the small class, each row sorted."""
    rows = X[y == 1]
    squared = ((rows[:, np.newaxis, :] - rows) ** 2).sum(axis=2)
    return np.argsort(squared, axis=1)


def drawn(rng: np.random.Generator) -> tuple[Array, Array]:
    """1,000 rows of a class beside 2,000 of another."""
    return rng.normal(size=(3000, 4)), np.repeat([0, 1], [2000, 1000])


def balanced(submission: Submission, X: Array, y: Array) -> None:
    """The call that is timed. Its answer must at least have the right size."""
    more, _ = answer(submission, Table(X, y), k=5, seed=0)
    require(len(more) == 4000, f"X_more has {len(more)} rows.", expected="4,000 rows")


def test_1_000_rows_take_at_most_6_times_as_long_as_plain_numpy(submission: Submission) -> None:
    """1,000 rows take at most 6 times as long as sorting all their distances in NumPy."""
    # Of the answers under solutions/, the slowest accepted one takes 2.7 times as long (a sort in
    # Python for each row); one that visits all pairs in Python is cut off after two seconds.
    budget(submission, balanced, definition=compared, on=drawn, times=6, usual=0.12)
