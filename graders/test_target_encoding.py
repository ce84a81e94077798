"""What an out-of-fold target encoding must satisfy, whichever way the sums are taken."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from strategies import eighths

from kata.grading import (
    Submission,
    budget,
    calls_within,
    close,
    example,
    given,
    raises,
    reject,
    require,
    unchanged,
)

Array: TypeAlias = np.ndarray[Any, Any]
Series: TypeAlias = "pd.Series[Any]"
EPS = float(np.finfo(float).eps)


@dataclass(frozen=True)
class Training:
    """Training rows: a category, a label and a fold each."""

    category: Series
    y: Series
    fold: Series

    def __repr__(self) -> str:
        """The three as one table."""
        return repr(pd.DataFrame({"category": self.category, "y": self.y, "fold": self.fold}))


def training(category: Any, y: Any, fold: Any, dtype: Any = None, index: Any = None) -> Training:
    """Training rows of these values."""
    return Training(
        pd.Series(list(category), index=index, dtype=dtype),
        pd.Series(list(y), index=index),
        pd.Series(list(fold), index=index),
    )


# The definition.


def cells(column: Series) -> list[Any]:
    """The values of a column, None where they are missing."""
    missing = column.isna().tolist()
    return [None if no else cell for no, cell in zip(missing, column.tolist(), strict=True)]


def encoded(categories: list[Any], labels: list[Fraction], one: Any, smoothing: float) -> Fraction:
    """The encoding of one category from these rows."""
    prior = sum(labels, Fraction(0)) / len(labels)
    its = [label for name, label in zip(categories, labels, strict=True) if name == one]
    if not its:
        return prior
    weight = Fraction(smoothing)
    return (sum(its, Fraction(0)) + weight * prior) / (len(its) + weight)


def expected_train(rows: Training, smoothing: float) -> list[Fraction]:
    """Every row's encoding from the rows of the other folds."""
    names, folds = cells(rows.category), rows.fold.tolist()
    labels = [Fraction(label) for label in rows.y.tolist()]
    answer: dict[tuple[Any, Any], Fraction] = {}
    for name, fold in zip(names, folds, strict=True):
        if (name, fold) not in answer:
            others = [at for at, its in enumerate(folds) if its != fold]
            answer[name, fold] = encoded(
                [names[at] for at in others], [labels[at] for at in others], name, smoothing
            )
    return [answer[pair] for pair in zip(names, folds, strict=True)]


def expected_new(rows: Training, new: Series, smoothing: float) -> list[Fraction]:
    """Every new row's encoding from all training rows."""
    names, labels = cells(rows.category), [Fraction(label) for label in rows.y.tolist()]
    return [encoded(names, labels, name, smoothing) for name in cells(new)]


def seen(rows: Training) -> Array:
    """Which rows have their category in another fold as well."""
    names = cells(rows.category)
    pairs = set(zip(names, rows.fold.tolist(), strict=True))
    folds: dict[Any, int] = {}
    for name, _ in pairs:
        folds[name] = folds.get(name, 0) + 1
    return np.array([folds[name] > 1 for name in names], dtype=bool)


# What an answer says.


def numbers(value: object, rows: Series, name: str) -> Array:
    """The numbers of an answer, one a row; that it is a Series is a property of its own."""
    cells = value.to_numpy() if isinstance(value, pd.Series) else np.asarray(value)
    if cells.shape != rows.shape or cells.dtype.kind not in "fiu":
        reject(f"{name} does not return {len(rows)} numbers.", returned=value)
    require(
        np.isfinite(cells).all(),
        f"The answer of {name} holds a missing value or an infinity.",
        returned=value,
    )
    return cells.astype(float)


def train(submission: Submission, rows: Training, **options: Any) -> Array:
    """The numbers that encode_train gives."""
    value = submission.encode_train(rows.category, rows.y, rows.fold, **options)
    return numbers(value, rows.category, "encode_train")


def new(submission: Submission, rows: Training, other: Series, **options: Any) -> Array:
    """The numbers that encode_new gives."""
    value = submission.encode_new(rows.category, rows.y, other, **options)
    return numbers(value, other, "encode_new")


def rounding(rows: Training) -> float:
    """How far off an encoding may be.

    A sum of n labels is off by n * EPS times their sum of at most n * |y|, also where it is the
    difference of two such sums. What it is divided by is at least 1, or the label is a prior.
    """
    size = max((abs(float(label)) for label in rows.y), default=0.0)
    return 4 * (len(rows.y) + 4) ** 2 * EPS * max(size, 1.0)


def check(
    got: Array, want: list[Fraction], rows: Training, which: Array, name: str, because: str
) -> None:
    """Compare the rows of an answer that are True in `which` with the definition."""
    close(
        got[which],
        np.array([float(one) for one in want])[which],
        within=rounding(rows),
        name=name,
        because=because,
    )


# Inputs.

KINDS: tuple[tuple[Any, tuple[Any, ...]], ...] = (
    ("str", ("a", "b", "B", "nan", "", "a-", "a1")),
    (object, ("a", "b", "B", "None", "", "a-", "a1")),
    ("category", ("a", "b", "B", "zz", "", "a-", "a1")),
    # Apart as integers, but not as floats.
    ("int64", (0, 1, 2**53, 2**53 + 1, -1, 100, 2**32)),
    # Twice these are the same in eight bits.
    ("int8", (100, -28, 0, -1, 127)),
)
INTEGERS = ("int64", "int8")
FOLDS: tuple[Sequence[int], ...] = (
    (0, 1),
    (0, 1, 2),
    (5, -3, 9),
    (-1, -2, -7),
    (127, -128),
    range(14),
    # Behind "a" and a hyphen, -1 looks like 1 behind "a-" and one; 12 and 2 behind "a" and "a1".
    (-1, 1, 2, 12),
    # Less 2**32, the one is the other.
    (1, 2**32 + 1),
)
SMOOTHING = st.sampled_from([10.0, 0.0, 1, 0.5, 2, 100.0])
# Next to nothing, but the rounding of a sum divided by it is not.
TINY = st.sampled_from([1e-40, 1e-300])
# An index may have the name of a column that an answer makes.
INDEX_NAMES = ("fold", "category", "key", "y", "index", 0, "label", "count", "new")


@st.composite
def index_of(draw: st.DrawFn, n: int) -> Any:
    """An index: the default one, or labels in any order, some of them more than once."""
    name = draw(st.sampled_from([None, None, *INDEX_NAMES]))
    kind = draw(st.sampled_from(["default", "shuffled", "repeated", "texts"]))
    if kind == "shuffled":
        return pd.Index([int(at) for at in draw(st.permutations(range(n)))], name=name)
    if kind == "repeated":
        return pd.Index(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)), name=name)
    if kind == "texts":
        return pd.Index([f"r{at % 4}" for at in range(n)], name=name)
    return pd.RangeIndex(n, name=name)


def column(
    values: list[Any], dtype: Any, index: Any, listed: Sequence[Any] = (), ordered: bool = False
) -> Series:
    """A column of categories; a dtype of category may list further ones."""
    if dtype == "category":
        names = sorted({*listed, *(value for value in values if isinstance(value, str))})
        # Of the same dtype as other ones even where none is listed.
        names = pd.Index(names, dtype="str")
        return pd.Series(pd.Categorical(values, names, ordered=ordered), index=index)
    plain: Series = pd.Series(values, index=index, dtype=dtype)
    return plain


@st.composite
def columns(draw: st.DrawFn, n: int, kind: int, missing: bool = True) -> Series:
    """Categories of one of the kinds."""
    dtype, names = KINDS[kind]
    some: tuple[Any, ...] = names[: draw(st.integers(1, len(names)))]
    if dtype not in INTEGERS and missing and draw(st.booleans()):
        some = (*some, None, math.nan) if dtype is object else (*some, None)
    values = draw(st.lists(st.sampled_from(some), min_size=n, max_size=n))
    ordered = dtype == "category" and draw(st.booleans())
    # That every listed category has a row is the ordinary case.
    listed = draw(st.sampled_from([(), ("b", "unused")])) if dtype == "category" else ()
    return column(values, dtype, draw(index_of(n)), listed, ordered)


@st.composite
def trainings(draw: st.DrawFn, least: int = 2, kind: int | None = None) -> Training:
    """Up to 14 rows in two folds or more, at times one fold a row."""
    n = draw(st.integers(least, 14))
    category = draw(columns(n, draw(st.integers(0, 4)) if kind is None else kind))
    folds = draw(st.sampled_from(FOLDS))
    fold = [*folds[:2], *draw(st.lists(st.sampled_from(folds), min_size=n, max_size=n))][:n]
    fold = draw(st.permutations(fold))
    dtypes = ["int64"] if max(folds) > 127 else ["int64", "int64", "int32", "int8"]
    dtype = draw(st.sampled_from(["float64", "float64", "int64", "int32", "int8", "uint8"]))
    label = eighths() if dtype == "float64" else st.integers(0, draw(st.sampled_from([1, 100])))
    y = draw(st.lists(label, min_size=n, max_size=n))
    index = category.index
    return Training(
        category,
        pd.Series(y, index=index, dtype=dtype),
        pd.Series(fold, index=index, dtype=draw(st.sampled_from(dtypes))),
    )


PLAIN = training("aabab", [1, 0, 1, 1, 0], [0, 1, 0, 1, 1])
# Each category is in one fold only, so that every row's is unseen in the others.
UNSEEN = training("aabb", [1, 0, 1, 1], [0, 0, 1, 1])
LEAVE_ONE_OUT = training("aaab", [1, 0, 0, 1], [0, 1, 2, 3])
REPEATED = training("abab", [1, 2, 4, 8], [0, 0, 1, 1], index=[5, 5, 1, 5])
PAIRS = pd.MultiIndex.from_tuples([(2, "x"), (1, "y"), (2, "x"), (1, "x")], names=["fold", None])


def named(name: str) -> Training:
    """Training rows whose index has a name."""
    return training("abab", [1, 2, 4, 8], [0, 0, 1, 1], index=pd.Index([3, 1, 1, 7], name=name))


MISSING = training(["a", None, math.nan, None, "a"], [1, 2, 4, 8, 16], [0, 0, 1, 1, 1], object)
MISSING_STR = training(["a", None, "b", None, "a"], [1, 2, 4, 8, 16], [0, 0, 1, 1, 1], "str")
MISSING_LISTED = Training(
    column(["a", None, "b", None, "a"], "category", None, ("zz",)), MISSING.y, MISSING.fold
)
UNUSED = Training(
    column(["a", "b", "a", "b"], "category", None, ("c", "d")),
    pd.Series([1.0, 2.0, 4.0, 8.0]),
    pd.Series([0, 1, 1, 0]),
)
# Every listed category in every fold, each with another mean, so that they can be renamed to these.
EVERYWHERE = training("abab", [1, 2, 4, 8], [0, 0, 1, 1], dtype="category")

# Their sums are beyond eight bits.
NARROW = Training(
    pd.Series(list("aaaabb")),
    pd.Series([100, 99, 98, 97, 96, 5], dtype="int8"),
    pd.Series([0, 1, 1, 1, 0, 1]),
)
# With labels of 10**6 beside them, single precision loses the fractions.
FRACTIONS = training("aaaaaab", [1, 1, 2, 1, 1, 0.125, 0.375], [0, 0, 0, 0, 0, 1, 1])
# Every one of 60 categories in every one of 5 folds: more pairs than eight bits tell apart.
MANY = training(
    [f"c{at // 5}" for at in range(300)], [at * at % 101 for at in range(300)], [*range(5)] * 60
)
NEGATIVE_FOLDS = training("abbaab", [1, 2, 4, 8, 16, 32], [-1, -1, -2, -2, -7, -7])
# Apart as integers, but not as floats.
LARGE_NUMBERS = training(
    [2**53, 2**53 + 1, 2**53, 2**53 + 1], [1, 2, 4, 8], [0, 0, 1, 1], dtype="int64"
)
LARGE_FOLDS = training("aaaa", [1, 2, 4, 8], [2**53, 2**53 + 1, 2**53, 2**53 + 1])
# In any narrower type some of them are the same.
WIDE = [1, 2**8 + 1, 2**16 + 1, 2**32 + 1]
WIDE_FOLDS = training("aaaaaaab", [1, 2, 4, 8, 16, 32, 64, 128], WIDE * 2)
WIDE_NAMES = training(WIDE * 2, [1, 2, 4, 8, 16, 32, 64, 128], [0, 0, 1, 1] * 2, dtype="int64")
# Written one behind the other, a category and its fold look like those of another row.
HYPHENS = training(["a-", "a", "a-", "a"], [1, 2, 4, 8], [1, -1, -1, 1])
DIGITS = training(["a1", "a", "a1", "a", "1a", "a"], [1, 2, 4, 8, 16, 32], [2, 12, 12, 2, 1, 11])
# The sum of the labels is beyond integers of 32 bits, and that of three quarters as well. Single
# precision holds both: what it loses is the business of another property.
LARGE_SUMS = Training(
    pd.Series(["a"] * 6_000),
    pd.Series(2**19, index=range(6_000), dtype="int32"),
    pd.Series([1, 0, 0, 0] * 1_500),
)
# As numbers of eight bits, twice either is the same.
NARROW_NAMES = training([100, -28, 100, -28], [1, 2, 4, 8], [0, 0, 1, 1], dtype="int8")
CASES = training("aAbBaA", [1, 2, 4, 8, 16, 32], [0, 1, 0, 1, 1, 0])


@given(rows=trainings(), smoothing=SMOOTHING, examples=40)
@example(rows=PLAIN, smoothing=1)
@example(rows=NARROW, smoothing=1)
@example(rows=CASES, smoothing=1)
@example(rows=REPEATED, smoothing=1)
@example(rows=PLAIN, smoothing=0.0)
@example(rows=PLAIN, smoothing=10.0)
@example(rows=LEAVE_ONE_OUT, smoothing=2)
@example(rows=training("aaaa", [1, 2, 4, 8], [7, -2, 7, 7]), smoothing=1)
@example(rows=NEGATIVE_FOLDS, smoothing=1)
@example(rows=LARGE_FOLDS, smoothing=0.5)
@example(rows=LARGE_NUMBERS, smoothing=1)
@example(rows=NARROW_NAMES, smoothing=0.0)
@example(rows=WIDE_FOLDS, smoothing=1)
@example(rows=WIDE_NAMES, smoothing=1)
@example(rows=HYPHENS, smoothing=1)
@example(rows=DIGITS, smoothing=1)
@example(rows=LARGE_SUMS, smoothing=1)
@example(rows=MANY, smoothing=2)
def test_a_row_is_encoded_from_the_rows_of_the_other_folds(
    submission: Submission, rows: Training, smoothing: float
) -> None:
    """encode_train gives (total + smoothing * prior) / (count + smoothing) of the other folds."""
    because = "Count, total and prior of the rows in other folds are what counts."
    which = seen(rows) & rows.category.notna().to_numpy()
    got = train(submission, rows, smoothing=smoothing)
    check(got, expected_train(rows, smoothing), rows, which, "The encoding", because)


@given(
    rows=trainings(),
    smoothing=SMOOTHING,
    which=st.integers(0, 13),
    by=st.sampled_from([2, 8, 100, 999_000]),
    examples=30,
)
@example(rows=PLAIN, smoothing=1, which=0, by=2)
@example(rows=PLAIN, smoothing=0.0, which=1, by=8)
@example(rows=FRACTIONS, smoothing=1, which=0, by=999_000)
@example(rows=UNSEEN, smoothing=10.0, which=0, by=8)
@example(rows=LEAVE_ONE_OUT, smoothing=2, which=3, by=2)
def test_no_label_of_a_fold_reaches_its_own_features(
    submission: Submission, rows: Training, smoothing: float, which: int, by: int
) -> None:
    """Other labels in a fold leave the features of that fold as they are."""
    fold = rows.fold.iloc[which % len(rows.fold)]
    inside = (rows.fold == fold).to_numpy()
    labels = rows.y.to_numpy(dtype=float)
    rows = Training(rows.category, pd.Series(labels, index=rows.y.index), rows.fold)
    # Not all by the same amount, lest the mean of the fold be what stays.
    more = by * np.where(np.arange(len(labels)) % 2, 1.0, 0.5)
    changed = np.where(inside, labels[::-1] + more, labels)
    other = Training(rows.category, pd.Series(changed, index=rows.y.index), rows.fold)
    close(
        train(submission, other, smoothing=smoothing)[inside],
        train(submission, rows, smoothing=smoothing)[inside],
        within=rounding(other) + rounding(rows),
        name="The encoding of the fold",
        because=f"Only labels in fold {fold} are other ones; they must not reach its features.",
    )


@given(rows=trainings(least=1), smoothing=SMOOTHING, data=st.integers(0, 10**6), examples=30)
@example(rows=PLAIN, smoothing=1, data=0)
@example(rows=NARROW, smoothing=1, data=3)
@example(rows=CASES, smoothing=1, data=4)
@example(rows=LARGE_NUMBERS, smoothing=1, data=4)
@example(rows=NARROW_NAMES, smoothing=1, data=4)
@example(rows=WIDE_NAMES, smoothing=1, data=4)
@example(rows=LARGE_SUMS, smoothing=1, data=0)
@example(rows=MANY, smoothing=1, data=4)
@example(rows=training("ab", [4, 8], [0, 0]), smoothing=2, data=1)
@example(rows=training("a", [3], [0]), smoothing=10.0, data=1)
def test_new_rows_are_encoded_from_all_training_rows(
    submission: Submission, rows: Training, smoothing: float, data: int
) -> None:
    """encode_new gives (total + smoothing * prior) / (count + smoothing) of all training rows."""
    picked = np.random.default_rng(data).integers(len(rows.category), size=data % 5 + 1)
    other = rows.category.iloc[picked]
    got = new(submission, rows, other, smoothing=smoothing)
    because = "Count, total and prior of all training rows are what counts."
    which = other.notna().to_numpy()
    check(got, expected_new(rows, other, smoothing), rows, which, "The encoding", because)


@st.composite
def with_unseen(draw: st.DrawFn) -> tuple[Training, Series]:
    """Training rows and new ones, some of whose categories no training row has."""
    kind = draw(st.integers(0, 4))
    rows = draw(trainings(kind=kind))
    n = draw(st.integers(0, 6))
    dtype, names = KINDS[kind]
    unseen = (55, 66) if dtype in INTEGERS else ("new", "unused")
    missing = () if dtype in INTEGERS else (None,)
    some = st.sampled_from([*names[:2], *unseen, *missing])
    values = draw(st.lists(some, min_size=n, max_size=n))
    # Sums of such fractions are rounded, so that what is left of one where no row is left may not
    # be 0. They are so small that this shows only where it is divided by next to nothing.
    rows = Training(rows.category, rows.y * draw(st.sampled_from([1.0, 1e-10])), rows.fold)
    ordered = dtype == "category" and bool(rows.category.cat.ordered)
    listed = draw(st.sampled_from([(), ("also unused",)])) if dtype == "category" else ()
    return rows, column(values, dtype, draw(index_of(n)), listed, ordered)


# Of "a" no label is in another fold. Added up from left to right, in pairs, or with the error
# carried on, they make three sums, so that a difference of two of these is not 0.
FRACTIONS_OF_ONE_FOLD = training(
    "a" * 60 + "bb", [at % 3 * 1e-10 for at in range(62)], [0] * 60 + [1, 2]
)
ORDERED = Training(
    column(["a", "b", "a", "b"], "category", None, ("c",), ordered=True), UNUSED.y, UNUSED.fold
)


@given(case=with_unseen(), smoothing=SMOOTHING | TINY, examples=30)
@example(case=(PLAIN, pd.Series(["c", "a"])), smoothing=1)
@example(case=(PLAIN, pd.Series(["c"])), smoothing=0.0)
@example(case=(LARGE_NUMBERS, pd.Series([2**53 + 2, 2**53 - 1])), smoothing=1)
@example(case=(training([2**53] * 3, [1, 2, 4], [0, 1, 1]), pd.Series([2**53 + 1])), smoothing=1)
@example(case=(PLAIN, pd.Series([None, "a"])), smoothing=1)
@example(case=(UNSEEN, pd.Series(["a"])), smoothing=10.0)
@example(case=(UNSEEN, pd.Series(["a"])), smoothing=0.0)
@example(case=(UNUSED, column(["a", "e"], "category", None, ("f",))), smoothing=1)
@example(case=(UNUSED, column(["c", "b"], "category", None)), smoothing=0.0)
@example(case=(ORDERED, column(["c", "q"], "category", None, ("b",), ordered=True)), smoothing=1)
@example(case=(MISSING_LISTED, column(["q", "zz", None], "category", None)), smoothing=1)
@example(case=(MISSING, pd.Series(["q", "a", None], dtype=object)), smoothing=1)
@example(case=(MISSING_STR, pd.Series(["q", "a", None], dtype="str")), smoothing=1)
@example(case=(FRACTIONS_OF_ONE_FOLD, pd.Series(["b", "c"])), smoothing=1e-40)
def test_a_category_without_rows_is_encoded_as_the_prior(
    submission: Submission, case: tuple[Training, Series], smoothing: float
) -> None:
    """A category that no row has, of those that count, is encoded as the mean of their labels."""
    rows, other = case
    because = "A category without rows gets the prior."
    known = cells(rows.category)
    which = np.array([cell not in known for cell in cells(other)], dtype=bool)
    got = new(submission, rows, other, smoothing=smoothing)
    check(got, expected_new(rows, other, smoothing), rows, which, "encode_new's answer", because)
    which = ~seen(rows)
    got = train(submission, rows, smoothing=smoothing)
    check(got, expected_train(rows, smoothing), rows, which, "encode_train's answer", because)


@st.composite
def with_missing(draw: st.DrawFn) -> Training:
    """Training rows of which at least two have no category."""
    rows = draw(trainings(least=4, kind=draw(st.integers(0, 2))))
    at = draw(st.integers(0, len(rows.category) - 2))
    values = rows.category.astype(object).tolist()
    values[at] = None
    values[at + 1] = math.nan
    category = pd.Series(values, index=rows.category.index, dtype=object)
    return Training(category.astype(rows.category.dtype), rows.y.astype(float), rows.fold)


@given(rows=with_missing(), smoothing=SMOOTHING, examples=30)
@example(rows=MISSING, smoothing=1)
@example(rows=MISSING_STR, smoothing=0.0)
@example(
    rows=training(["None", None, "nan", None], [1, 2, 4, 8], [0, 0, 1, 1], object), smoothing=1
)
@example(rows=training(["nan", None, "nan", None], [1, 2, 4, 8], [0, 0, 1, 1], "str"), smoothing=1)
def test_missing_categories_are_a_category_of_their_own(
    submission: Submission, rows: Training, smoothing: float
) -> None:
    """Rows without a category belong together, None and NaN alike, and to no other category."""
    because = "Missing is a category like any other."
    which = rows.category.isna().to_numpy()
    got = train(submission, rows, smoothing=smoothing)
    check(got, expected_train(rows, smoothing), rows, which, "encode_train's answer", because)
    got = new(submission, rows, rows.category[::-1], smoothing=smoothing)
    want = expected_new(rows, rows.category[::-1], smoothing)
    check(got, want, rows, which[::-1], "encode_new's answer", because)


@given(rows=trainings(), examples=20)
@example(rows=PLAIN)
@example(rows=UNSEEN)
def test_smoothing_is_10_where_it_is_left_out(submission: Submission, rows: Training) -> None:
    """The default of both functions is smoothing=10."""
    because = "It is what smoothing=10 gives."
    for name, plain, ten in (
        ("encode_train's answer", train(submission, rows), train(submission, rows, smoothing=10)),
        (
            "encode_new's answer",
            new(submission, rows, rows.category),
            new(submission, rows, rows.category, smoothing=10),
        ),
    ):
        close(plain, ten, within=rounding(rows), name=name, because=because)


@given(case=with_unseen(), examples=30)
@example(case=(REPEATED, pd.Series(["a"], index=[5])))
@example(
    case=(
        training("abab", [1, 2, 4, 8], [0, 0, 1, 1], index=[3, 2, 1, 0]),
        pd.Series(["b", "a", "b"], index=["x", "x", "y"]),
    )
)
@example(
    case=(
        training("abab", [1, 2, 4, 8], [0, 0, 1, 1], index=["d", "c", "b", "a"]),
        pd.Series([], dtype="str"),
    )
)
@example(case=(named("fold"), pd.Series(["b"], index=pd.Index([5], name="key"))))
@example(case=(named("category"), pd.Series(["b"], index=pd.Index([5], name="category"))))
@example(case=(named("y"), pd.Series(["b"], index=pd.Index([5], name="y"))))
@example(case=(named("key"), pd.Series(["b"], index=pd.Index([5], name="fold"))))
@example(
    case=(
        training("abab", [1, 2, 4, 8], [0, 0, 1, 1], index=PAIRS),
        pd.Series(["b", "a", "b", "c"], index=PAIRS[::-1]),
    )
)
@example(case=(EVERYWHERE, EVERYWHERE.category))
def test_the_answers_are_series_of_float64_with_the_index_that_was_given(
    submission: Submission, case: tuple[Training, Series]
) -> None:
    """The answers are Series of float64 with the index of category, or of new."""
    rows, other = case
    for name, index, answer in (
        (
            "encode_train",
            rows.category.index.tolist(),
            submission.encode_train(rows.category, rows.y, rows.fold, smoothing=1),
        ),
        (
            "encode_new",
            other.index.tolist(),
            submission.encode_new(rows.category, rows.y, other, smoothing=1),
        ),
    ):
        if not isinstance(answer, pd.Series):
            reject(f"{name} does not return a Series.", returned=answer, expected="a Series")
        require(
            answer.index.tolist() == index,
            f"The answer of {name} has another index.",
            returned=f"{answer.index.tolist()[:20]}",
            expected=f"{index[:20]}",
        )
        require(
            answer.dtype == np.float64,
            f"The answer of {name} has the dtype {answer.dtype}.",
            returned=answer,
            expected="float64",
        )


@given(rows=trainings(), again=trainings(), smoothing=SMOOTHING, examples=15)
@example(rows=PLAIN, again=MISSING, smoothing=1)
@example(rows=MISSING, again=PLAIN, smoothing=0.0)
@example(rows=REPEATED, again=training("abab", [9, 9, 9, 9], [0, 0, 1, 1]), smoothing=0.0)
@example(rows=named("id"), again=PLAIN, smoothing=1)
def test_arguments_stay_as_they_are_and_calls_do_not_depend_on_each_other(
    submission: Submission, rows: Training, again: Training, smoothing: float
) -> None:
    """Neither function changes its arguments, nor remembers what it was called with before."""
    first = train(submission, rows, smoothing=smoothing)
    first_new = new(submission, rows, rows.category, smoothing=smoothing)
    train(submission, again)
    new(submission, again, again.category)
    unchanged(submission)
    because = "The same arguments were given before, and other ones in between."
    for name, got, want in (
        ("encode_train's answer", train(submission, rows, smoothing=smoothing), first),
        (
            "encode_new's answer",
            new(submission, rows, rows.category, smoothing=smoothing),
            first_new,
        ),
    ):
        close(got, want, within=rounding(rows), name=name, because=because)
    unchanged(submission)


@given(
    rows=trainings(),
    which=st.integers(0, 4),
    bad=st.sampled_from([math.nan, math.inf]),
    at=st.integers(0, 13),
    examples=20,
)
@example(rows=PLAIN, which=0, bad=math.nan, at=0)
@example(rows=PLAIN, which=1, bad=math.nan, at=0)
@example(rows=PLAIN, which=2, bad=math.nan, at=2)
@example(rows=PLAIN, which=2, bad=-math.inf, at=2)
@example(rows=PLAIN, which=3, bad=math.nan, at=0)
@example(rows=PLAIN, which=4, bad=math.nan, at=0)
def test_impossible_arguments_are_refused(
    submission: Submission, rows: Training, which: int, bad: float, at: int
) -> None:
    """Both raise ValueError for unequal lengths, no rows, y not finite, and smoothing below 0."""
    category, y, smoothing = rows.category, rows.y, 1.0
    fold = rows.fold
    if which == 0:
        y, when = y.iloc[:-1], "category and y differ in length"
    elif which == 1:
        category, y, fold = category.iloc[:0], y.iloc[:0], fold.iloc[:0]
        when = "category has no rows"
    elif which == 2:
        labels = y.to_numpy(dtype=float).copy()
        labels[at % len(labels)] = bad
        y, when = pd.Series(labels, index=y.index), f"y holds {bad}"
    elif which == 3:
        smoothing, when = -0.5, "smoothing is less than 0"
    else:
        # A label more: what fills up the shorter column takes it for a row without a category.
        y, when = pd.concat([y, y.iloc[-1:]]), "y is longer than category"
    with raises(ValueError, when):
        submission.encode_train(category, y, fold, smoothing=smoothing)
    with raises(ValueError, when):
        submission.encode_new(category, y, rows.category, smoothing=smoothing)
    with raises(ValueError, f"{when}, though there are no new rows"):
        submission.encode_new(category, y, rows.category.iloc[:0], smoothing=smoothing)


@given(rows=trainings(), examples=10)
@example(rows=PLAIN)
@example(rows=LEAVE_ONE_OUT)
def test_a_single_fold_and_folds_of_another_length_are_refused(
    submission: Submission, rows: Training
) -> None:
    """encode_train raises ValueError for fewer than two folds, and for another number of them."""
    single = pd.Series(3, index=rows.fold.index)
    with raises(ValueError, "there is one fold only"):
        submission.encode_train(rows.category, rows.y, single)
    longer = pd.concat([rows.fold, rows.fold.iloc[:1]])
    for fold in (longer, rows.fold.iloc[:-1]):
        with raises(ValueError, "category and fold differ in length"):
            submission.encode_train(rows.category, rows.y, fold)


LARGE = 100_000


def grouped(category: Series, y: Series, _fold: Series) -> Series:
    """What the budget is a multiple of."""
    return y.groupby(category).transform("mean")


def drawn(rng: np.random.Generator) -> tuple[Series, Series, Series]:
    """100,000 rows in 5 folds, of 10,000 categories."""
    names = np.array([f"city {number}" for number in range(10_000)], dtype=object)
    category = pd.Series(names[rng.integers(10_000, size=LARGE)], dtype="str")
    return category, pd.Series(rng.integers(0, 2, LARGE)), pd.Series(rng.integers(0, 5, LARGE))


def encode_large(submission: Submission, category: Series, y: Series, fold: Series) -> None:
    """The call that is timed. With so much smoothing the answer is next to the mean."""
    rows = Training(category, y, fold)
    got = train(submission, rows, smoothing=1e9)
    # The prior of a fold's complement, 80,000 labels; a category of 40 rows moves it by 4e-8.
    close(
        got,
        np.full(LARGE, y.mean()),
        within=0.02,
        name="The encoding",
        because="With a smoothing of 1e9 it is near the mean of y.",
    )


@pytest.mark.timeout(90)
@calls_within(12)
def test_100_000_rows_take_at_most_40_times_as_long_as_a_group_mean(
    submission: Submission,
) -> None:
    """100,000 rows take at most 40 times as long as y.groupby(category).transform("mean")."""
    # Of the answers under solutions/, the slowest accepted one takes 7.9 times as long (plain
    # dictionaries), one that goes over all rows for each category 72 times.
    budget(submission, encode_large, definition=grouped, on=drawn, times=40, usual=0.02)
