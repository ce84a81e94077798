"""What per-class metrics and their averages must satisfy, whatever way the rows are counted.

The expectation is the definition: rows counted one by one, and the formulas in fractions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES

from kata.grading import (
    Submission,
    array,
    budget,
    close,
    example,
    given,
    number,
    raises,
    reject,
    require,
    unchanged,
)

Array = np.ndarray[Any, Any]
Classes = list[Any] | Array
EPS = float(np.finfo(float).eps)

KEYS = ("labels", "confusion", "precision", "recall", "f1", "macro", "micro")
METRICS = ("precision", "recall", "f1")


@dataclass(frozen=True)
class Report:
    """An answer whose types and shapes have been looked at."""

    labels: list[Any]
    confusion: Array
    by_class: dict[str, Array]
    macro: dict[str, float]
    micro: dict[str, float]


def report(submission: Submission, y_true: Classes, y_pred: Classes, **options: Any) -> Report:
    """The submission's answer, checked for its keys and shapes, and for numbers in them."""
    answer = submission.classification_metrics(y_true, y_pred, **options)
    require(isinstance(answer, dict), "The answer is not a dict.", returned=answer)
    missing = [key for key in KEYS if key not in answer]
    require(
        not missing,
        f"The answer lacks the key {missing[0] if missing else ''!r}.",
        returned=f"keys {sorted(map(str, answer))}",
    )
    labels = listed(answer["labels"])
    k = len(labels)
    confusion = array(answer["confusion"], name="confusion", shape=(k, k), kind="number")
    by_class = {name: array(answer[name], name=name, shape=(k,), kind="number") for name in METRICS}
    averages = []
    for key in ("macro", "micro"):
        means = answer[key]
        if not (isinstance(means, dict) and set(means) >= set(METRICS)):
            reject(
                f"{key} is not a dict with the keys precision, recall and f1.",
                returned=means,
            )
        averages.append({name: real(means[name], name=f"{key} {name}") for name in METRICS})
    return Report(labels, confusion, by_class, *averages)


def real(value: object, *, name: str) -> float:
    """A number, of whatever type: which one it has to be is a property of its own."""
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "fiu":
        return float(value)
    return number(value, name=name)


def listed(labels: object) -> list[Any]:
    """The returned labels as a list of Python's ints or strings."""
    if isinstance(labels, np.ndarray) and labels.ndim == 1:
        return list(labels.tolist())
    if not isinstance(labels, list):
        reject("labels is neither a list nor a one-dimensional array.", returned=labels)
    return [label.item() if isinstance(label, np.generic) else label for label in labels]


@dataclass(frozen=True)
class Counts:
    """The three counts of which all metrics are made."""

    true_positives: int
    false_positives: int
    false_negatives: int


def count(y_true: Classes, y_pred: Classes, label: object) -> Counts:
    """The counts of one class, row by row."""
    rows = list(zip(list(y_true), list(y_pred), strict=True))
    return Counts(
        sum(1 for true, predicted in rows if true == label and predicted == label),
        sum(1 for true, predicted in rows if true != label and predicted == label),
        sum(1 for true, predicted in rows if true == label and predicted != label),
    )


def ratio(part: int, whole: int, zero_division: float) -> Fraction:
    """part / whole, or what stands for it where whole is zero."""
    return Fraction(part, whole) if whole else Fraction(zero_division)


def metrics(counts: Counts, zero_division: float) -> dict[str, Fraction]:
    """The three formulas of the task."""
    right = counts.true_positives
    wrong = counts.false_positives + counts.false_negatives
    return {
        "precision": ratio(right, right + counts.false_positives, zero_division),
        "recall": ratio(right, right + counts.false_negatives, zero_division),
        "f1": ratio(2 * right, 2 * right + wrong, zero_division),
    }


# A value between 0 and 1 that takes at most seven operations, each rounded once: f1 as
# 2 * precision * recall / (precision + recall) is the longest way.
ROUNDING = 8 * EPS


def check_classes(
    found: Report, y_true: Classes, y_pred: Classes, zero_division: float, *, defined: bool
) -> None:
    """Check precision, recall and f1 of every class, where they are defined or where not."""
    for at, label in enumerate(found.labels):
        counts = count(y_true, y_pred, label)
        # What does not depend on zero_division is a ratio.
        zero, one = metrics(counts, 0.0), metrics(counts, 1.0)
        expected = metrics(counts, zero_division)
        for name in METRICS:
            if (zero[name] == one[name]) is not defined:
                continue
            close(
                float(found.by_class[name][at]),
                float(expected[name]),
                within=ROUNDING,
                name=f"{name} of the class {label!r}",
                because=f"It has TP = {counts.true_positives}, FP = {counts.false_positives} and "
                f"FN = {counts.false_negatives}.",
            )


NUMBERS: list[Any] = [0, 1, 2, 7, -1, -3, 100]
WORDS: list[Any] = ["cat", "dog", "a", "Zebra", "b1", "10", "9", "cats"]
# Strings that look like numbers are strings: "10" comes before "9", and "07" is not "7".
DIGITS: list[Any] = ["9", "10", "7", "07", "100", "1e2"]


@st.composite
def rows(draw: st.DrawFn) -> tuple[Classes, Classes]:
    """True and predicted classes, each as a list or as an array; four classes or fewer."""
    kind = draw(st.sampled_from([NUMBERS, WORDS, NUMBERS, DIGITS]))
    names = draw(st.lists(st.sampled_from(kind), min_size=1, max_size=4, unique=True))
    n = draw(st.integers(1, 10))
    column = st.lists(st.sampled_from(names), min_size=n, max_size=n)
    y_true, y_pred = draw(column), draw(column)
    arrays = draw(st.sampled_from([(False, False), (True, True), (True, False), (False, True)]))
    return np.array(y_true) if arrays[0] else y_true, np.array(y_pred) if arrays[1] else y_pred


def occurring(y_true: Classes, y_pred: Classes) -> list[Any]:
    """The classes in either column, sorted, as Python's ints or strings."""
    return sorted({*np.asarray(y_true).tolist(), *np.asarray(y_pred).tolist()})


@st.composite
def rows_and_labels(draw: st.DrawFn) -> tuple[Classes, Classes, Classes]:
    """Rows and labels for them: the classes that occur and at times some more, in any order."""
    y_true, y_pred = draw(rows())
    present = occurring(y_true, y_pred)
    kind = WORDS if isinstance(present[0], str) else NUMBERS
    drawn = draw(st.lists(st.sampled_from(kind), max_size=2, unique=True))
    more = [name for name in drawn if name not in present]
    labels = draw(st.permutations([*present, *more]))
    return y_true, y_pred, np.array(labels) if draw(st.booleans()) else list(labels)


FALLBACKS = st.sampled_from([0.0, 1.0, 0.5, 0.1])

PETS = (["cat", "dog", "dog"], ["cat", "cat", "dog"])
# No row of 7 is found, and -1 is only ever predicted.
MISSED = ([0, 0, 7, 7, 0], [0, 0, 0, -1, 0])
ONE_CLASS = ([3, 3], [3, 3])
# Three classes of unlike sizes, with thirds and fifths among their values.
LOPSIDED = ([0, 0, 0, 0, 1, 1, 2], [0, 1, 1, 1, 1, 1, 0])
REORDERED = ([0, 0, 1], [0, 1, 1], [1, 0])
ABSENT = ([0, 0, 1], [0, 1, 1], np.array([2, 1, 0]))
ABSENT_WORD = (["b", "a"], ["b", "b"], ["b", "c", "a"])
# An absent class that the type of the rows cannot hold: cut down to it, it would be another class.
TOO_LONG = (np.array(["cat"]), np.array(["cat"]), np.array(["cats", "cat"]))
TOO_LARGE = (np.array([1, 0], np.int8), np.array([0, 0], np.int8), np.array([257, 1, 0]))
TOO_SMALL = (np.array([255], np.uint8), np.array([255], np.uint8), np.array([-1, 255]))


@given(data=rows(), examples=25)
@example(data=PETS)
@example(data=(np.array([2, 0]), np.array([0, 0])))
@example(data=ONE_CLASS)
def test_the_answer_has_the_promised_keys_shapes_and_types(
    submission: Submission, data: tuple[Classes, Classes]
) -> None:
    """The answer is a dict of labels, integer counts (k, k), float64 arrays (k,) and averages."""
    report(submission, *data)
    answer = submission.classification_metrics(*data)
    k = len(occurring(*data))
    array(answer["confusion"], name="confusion", shape=(k, k), kind="integer")
    for name in METRICS:
        array(answer[name], name=name, shape=(k,), kind="float", dtype=np.float64)
        for key in ("macro", "micro"):
            number(answer[key][name], name=f"{key} {name}")


def check_labels(found: Report, expected: list[Any], because: str) -> None:
    """Check the labels and their order."""
    require(found.labels == expected, because, returned=found.labels, expected=expected)


@given(data=rows())
@example(data=([2, 0, 10], [2, 2, 1]))
@example(data=([0, 1], [0, 5]))
@example(data=([5, 1], [1, 1]))
@example(data=(np.array(["b", "a"]), np.array(["long", "a"])))
@example(data=(["b", "B"], ["10", "9"]))
@example(data=(["9", "10"], ["10", "9"]))
@example(data=(np.array(["7", "10", "07"]), np.array(["9", "9", "7"])))
@example(data=(["100", "1e2"], ["1e2", "20"]))
def test_labels_are_the_classes_that_occur_sorted(
    submission: Submission, data: tuple[Classes, Classes]
) -> None:
    """By default, labels are the classes in y_true, y_pred or both, each once, sorted."""
    check_labels(
        report(submission, *data),
        occurring(*data),
        "labels are not the classes that occur, each once and sorted.",
    )


@given(data=rows_and_labels())
@example(data=REORDERED)
@example(data=ABSENT)
@example(data=ABSENT_WORD)
@example(data=(np.array([4, 4]), np.array([4, 4]), [9, 4]))
@example(data=(np.array(["b", "a"]), np.array(["long", "a"]), ["long", "b", "a"]))
@example(data=TOO_LONG)
@example(data=TOO_LARGE)
@example(data=TOO_SMALL)
def test_given_labels_are_reported_in_their_own_order(
    submission: Submission, data: tuple[Classes, Classes, Classes]
) -> None:
    """With the argument labels, these classes are reported, in that order, absent ones too."""
    y_true, y_pred, labels = data
    check_labels(
        report(submission, y_true, y_pred, labels=labels),
        list(np.asarray(labels).tolist()),
        "labels are not the classes of the argument in their order.",
    )


def either(data: tuple[Classes, ...]) -> tuple[Classes, Classes, dict[str, Any]]:
    """Rows, and the argument labels where there are some."""
    return data[0], data[1], {"labels": data[2]} if len(data) == 3 else {}


DATA = st.one_of(rows(), rows_and_labels())


def many(k: int, seed: int) -> tuple[Array, Array]:
    """A row of each of k classes that is right, and two times k more, drawn at random."""
    rng = np.random.default_rng(seed)
    right = np.arange(k)
    y_true = np.concatenate([right, rng.integers(0, k, 2 * k)])
    return y_true, np.concatenate([right, rng.integers(0, k, 2 * k)])


@st.composite
def many_classes_and_labels(draw: st.DrawFn) -> tuple[Array, Array, Array]:
    """Rows of up to 40 classes, and these in any order."""
    k, seed = draw(st.integers(5, 40)), draw(st.integers(0, 99))
    return *many(k, seed), np.random.default_rng(seed + 1).permutation(k)


@st.composite
def narrow_rows_and_labels(draw: st.DrawFn) -> tuple[Array, Array, Classes]:
    """Rows of a narrow type, and labels of which some would be among their classes in that type."""
    dtype = np.dtype(draw(st.sampled_from([np.int8, np.uint8, np.int16, np.uint16])))
    names = draw(st.lists(st.sampled_from([0, 1, 2, 7, 100]), min_size=1, max_size=3, unique=True))
    n = draw(st.integers(1, 8))
    column = st.lists(st.sampled_from(names), min_size=n, max_size=n)
    y_true, y_pred = np.array(draw(column), dtype), np.array(draw(column), dtype)
    around = 2 ** (8 * dtype.itemsize) * draw(st.sampled_from([1, -1]))
    more = [name + around for name in names[: draw(st.integers(1, 2))]]
    labels = draw(st.permutations([*names, *more]))
    return y_true, y_pred, np.array(labels) if draw(st.booleans()) else list(labels)


@given(data=st.one_of(DATA, many_classes_and_labels(), narrow_rows_and_labels()))
@example(data=PETS)
@example(data=([2, 0, 2], np.array([2, 2, 0])))
@example(data=(np.array(["cat", "dog"]), ["cats", "dog"]))
@example(data=([0, 0, 1, 2], [1, 1, 1, 0]))
@example(data=([7], [-1]))
@example(data=REORDERED)
@example(data=ABSENT_WORD)
@example(data=TOO_LONG)
@example(data=TOO_LARGE)
@example(data=TOO_SMALL)
# More than fits into a byte: a count, the pairs of 20 classes, and 300 classes, whose pairs are
# more than fit into two.
@example(data=([1] * 300, [1] * 300))
@example(data=many(20, 0))
@example(data=many(300, 0))
def test_the_confusion_matrix_has_a_row_for_each_true_class(
    submission: Submission, data: tuple[Classes, ...]
) -> None:
    """confusion[i, j] is the number of rows of class labels[i] predicted as labels[j]."""
    y_true, y_pred, options = either(data)
    found = report(submission, y_true, y_pred, **options)
    pairs = Counter(zip(np.asarray(y_true).tolist(), np.asarray(y_pred).tolist(), strict=True))
    for i, true in enumerate(found.labels):
        for j, predicted in enumerate(found.labels):
            cell = pairs[true, predicted]
            if found.confusion[i, j] != cell:
                reject(
                    f"confusion[{i}, {j}] is {found.confusion[i, j]}, but {cell} rows have the "
                    f"true class {true!r} and the predicted class {predicted!r}.",
                    returned=found.confusion,
                )


@st.composite
def most_rows(draw: st.DrawFn) -> tuple[Array, Array]:
    """Thousands of rows, up to as many as a call may have, most of them of one class."""
    n, seed = draw(st.sampled_from([3_000, 20_000])), draw(st.integers(0, 99))
    rng = np.random.default_rng(seed)
    kinds = np.array(draw(st.sampled_from([[0, 1], [5, -3, 2]])), dtype=np.int8)
    often = draw(st.sampled_from([0.75, 0.95]))
    columns = (
        np.where(rng.random(n) < often, kinds[0], rng.choice(kinds, size=n)) for _ in range(2)
    )
    y_true, y_pred = columns
    return y_true, y_pred


OFTEN_FEW_ROWS_BUT_MOST_TOO = st.one_of(*[DATA] * 12, most_rows())
# No count is more than an int16 can hold, but 2 * TP is, for a class and for all of them.
AS_MANY_AS_ALLOWED = ([1] * 19_000 + [0] * 1_000, [1] * 18_000 + [0] * 2_000)


@given(data=OFTEN_FEW_ROWS_BUT_MOST_TOO, zero_division=FALLBACKS)
@example(data=PETS, zero_division=0.0)
@example(data=LOPSIDED, zero_division=0.0)
@example(data=MISSED, zero_division=0.0)
# Each occurs and is never found, so its f1 is 0, whatever zero_division is.
@example(data=([0, 1], [1, 0]), zero_division=1.0)
@example(data=([0, 1], [0, 0]), zero_division=0.5)
@example(data=REORDERED, zero_division=0.0)
@example(data=([1] * 300, [1] * 299 + [0]), zero_division=0.0)
@example(data=AS_MANY_AS_ALLOWED, zero_division=0.0)
def test_precision_recall_and_f1_follow_their_formulas(
    submission: Submission, data: tuple[Classes, ...], zero_division: float
) -> None:
    """Precision is TP / (TP + FP), recall TP / (TP + FN), f1 2 TP / (2 TP + FP + FN)."""
    y_true, y_pred, options = either(data)
    found = report(submission, y_true, y_pred, zero_division=zero_division, **options)
    check_classes(found, y_true, y_pred, zero_division, defined=True)


@given(data=DATA, zero_division=st.one_of(st.none(), FALLBACKS))
@example(data=([0, 1], [0, 0]), zero_division=None)
@example(data=MISSED, zero_division=1.0)
@example(data=([0, 1], [0, 0]), zero_division=0.5)
@example(data=([0, 0], [0, 1]), zero_division=1.0)
@example(data=ABSENT, zero_division=1.0)
@example(data=ABSENT, zero_division=None)
# Single precision does not hold this one.
@example(data=([0, 1], [0, 0]), zero_division=0.1)
def test_a_division_by_zero_gives_the_argument_zero_division(
    submission: Submission, data: tuple[Classes, ...], zero_division: float | None
) -> None:
    """Where a denominator is 0 the value is zero_division, which is 0 by default."""
    y_true, y_pred, options = either(data)
    if zero_division is not None:
        options["zero_division"] = zero_division
    found = report(submission, y_true, y_pred, **options)
    check_classes(found, y_true, y_pred, zero_division or 0.0, defined=False)


@given(data=DATA, zero_division=FALLBACKS)
@example(data=PETS, zero_division=0.0)
@example(data=LOPSIDED, zero_division=0.0)
@example(data=MISSED, zero_division=0.0)
@example(data=MISSED, zero_division=1.0)
@example(data=ABSENT, zero_division=1.0)
def test_macro_averages_are_the_means_over_the_classes(
    submission: Submission, data: tuple[Classes, ...], zero_division: float
) -> None:
    """Macro precision, recall and f1 are the means of the classes' values, all counting alike."""
    y_true, y_pred, options = either(data)
    found = report(submission, y_true, y_pred, zero_division=zero_division, **options)
    k = len(found.labels)
    for name in METRICS:
        close(
            found.macro[name],
            float(sum(map(Fraction, found.by_class[name].tolist()), Fraction(0)) / k),
            # The values may be rounded after the mean is taken; k - 1 additions and a division.
            within=ROUNDING + k * EPS,
            name=f"macro {name}",
            because=f"The mean of {name} over the {k} classes is expected.",
        )


@given(data=OFTEN_FEW_ROWS_BUT_MOST_TOO, zero_division=FALLBACKS)
@example(data=PETS, zero_division=0.0)
@example(data=LOPSIDED, zero_division=0.0)
@example(data=([0, 1], [1, 0]), zero_division=1.0)
@example(data=ABSENT, zero_division=1.0)
@example(data=AS_MANY_AS_ALLOWED, zero_division=0.0)
def test_micro_averages_pool_the_counts_of_all_classes(
    submission: Submission, data: tuple[Classes, ...], zero_division: float
) -> None:
    """Micro precision, recall and f1 are the formulas with TP, FP and FN summed over classes."""
    y_true, y_pred, options = either(data)
    found = report(submission, y_true, y_pred, zero_division=zero_division, **options)
    each = [count(y_true, y_pred, label) for label in occurring(y_true, y_pred)]
    pooled = Counts(
        sum(counts.true_positives for counts in each),
        sum(counts.false_positives for counts in each),
        sum(counts.false_negatives for counts in each),
    )
    expected = metrics(pooled, zero_division)
    for name in METRICS:
        close(
            found.micro[name],
            float(expected[name]),
            within=ROUNDING,
            name=f"micro {name}",
            because=f"In all, TP = {pooled.true_positives}, FP = {pooled.false_positives} and "
            f"FN = {pooled.false_negatives}.",
        )


@st.composite
def integer_rows(draw: st.DrawFn) -> tuple[Array, Array]:
    """Integer classes as far apart as the task allows, in two arrays of any integer types."""
    types = [np.iinfo(draw(st.sampled_from(INTEGER_DTYPES))) for _ in range(2)]
    low = max(-(2**31), *(int(kind.min) for kind in types))
    high = min(2**31 - 1, *(int(kind.max) for kind in types))
    names = draw(st.lists(st.integers(low, high), min_size=1, max_size=3, unique=True))
    names = list(dict.fromkeys([*names, *draw(st.sampled_from([[], [low, high]]))]))
    n = draw(st.integers(1, 8))
    column = st.lists(st.sampled_from(names), min_size=n, max_size=n)
    return np.array(draw(column), types[0].dtype), np.array(draw(column), types[1].dtype)


@given(data=integer_rows())
@example(data=(np.array([100, 50, 100], np.int8), np.array([50, 100, 100], np.int8)))
@example(data=(np.array([-128, 127, 127], np.int8), np.array([-128, 127, -128], np.int8)))
@example(data=(np.array([200, 0], np.uint8), np.array([200, 200], np.int64)))
@example(data=(np.array([1, 0], np.int8), np.array([200, 0], np.int16)))
@example(data=(np.array([2**31 - 1, 0], np.int32), np.array([0, 2**31 - 1], np.uint32)))
@example(data=(np.array([-(2**31), 5], np.int64), np.array([5, 5], np.int64)))
def test_classes_are_any_integers_of_any_type(
    submission: Submission, data: tuple[Array, Array]
) -> None:
    """Integer classes may be negative, large and far apart, and of two integer types."""
    found = report(submission, *data)
    present = occurring(*data)
    require(
        set(found.labels) == set(present) and len(found.labels) == len(present),
        "labels are not the classes that occur, each once.",
        returned=found.labels,
        expected=present,
    )
    for at, label in enumerate(found.labels):
        right = count(*data, label).true_positives
        require(
            found.confusion[at, at] == right,
            f"confusion[{at}, {at}] is {found.confusion[at, at]}, but {right} rows have {label} "
            "for both their true and their predicted class.",
            returned=found.confusion,
        )
    require(
        found.confusion.sum() == len(data[0]),
        f"The confusion matrix does not add up to the {len(data[0])} rows.",
        returned=found.confusion,
    )


@given(data=rows_and_labels(), examples=25)
@example(data=([2, 0, 1], [0, 0, 1], [2, 1, 0]))
@example(data=(np.array([2, 0, 1]), np.array([0, 0, 1]), np.array([2, 1, 0])))
def test_the_arguments_are_left_unchanged(
    submission: Submission, data: tuple[Classes, Classes, Classes]
) -> None:
    """classification_metrics changes none of y_true, y_pred and labels."""
    y_true, y_pred, labels = data
    submission.classification_metrics(y_true, y_pred)
    submission.classification_metrics(y_true, y_pred, labels=labels)
    unchanged(submission)


def mistaken_for(labels: list[Any]) -> list[Any]:
    """Classes that are not in labels, but are easily taken for one that is.

    They would be one in the type or the width that labels have; or they come just before or after
    all labels, where the place in a table or in a sorted list is another class's.
    """
    if isinstance(labels[0], str):
        like = [max(labels, key=len) + "s", "0", labels[0].swapcase()]
    else:
        like = [labels[0] + 2**8, labels[0] + 2**16, min(labels) - 1, max(labels) + 1, -1]
    return [name for name in like if name not in labels]


@given(data=rows_and_labels(), arrays=st.booleans(), examples=25)
@example(data=([0, 1], [1, 1], [0, 1]), arrays=False)
@example(data=([0, 1], [1, 1], [0, 1]), arrays=True)
@example(data=([3, 5], [5, 5], [3, 7, 5]), arrays=False)
@example(data=(["cat", "dog"], ["cat", "dog"], ["cat", "dog"]), arrays=False)
@example(data=(["cat", "dog"], ["cat", "dog"], ["dog", "cat"]), arrays=True)
def test_impossible_arguments_are_refused(
    submission: Submission, data: tuple[Classes, Classes, Classes], arrays: bool
) -> None:
    """ValueError is raised for other lengths, no rows, and labels repeated or missing."""
    y_true, y_pred, labels = ([*np.asarray(column).tolist()] for column in data)
    strings = isinstance(labels[0], str)

    def call(y_true: list[Any], y_pred: list[Any], **options: list[Any]) -> None:
        """Call with lists or with arrays; labels are of the narrowest type that holds them."""
        if not arrays:
            submission.classification_metrics(y_true, y_pred, **options)
            return
        columns = (np.array(column, dtype=str if strings else int) for column in (y_true, y_pred))
        narrow = None if strings else np.int8
        submission.classification_metrics(
            *columns, **{key: np.array(value, dtype=narrow) for key, value in options.items()}
        )

    with raises(ValueError, "y_pred is shorter than y_true"):
        call([*y_true, y_true[0]], y_pred)
    with raises(ValueError, "y_true is shorter than y_pred"):
        call(y_true, [*y_pred, y_pred[0]])
    with raises(ValueError, "y_pred is shorter than y_true, and labels are given"):
        call([*y_true, y_true[0]], y_pred, labels=labels)
    with raises(ValueError, "y_pred has one row and y_true several"):
        call([y_true[0]] * 3, [y_pred[0]])
    with raises(ValueError, "there are no rows"):
        call([], [])
    with raises(ValueError, "there are no rows, though there are labels"):
        call([], [], labels=labels)
    with raises(ValueError, "a class in labels is repeated"):
        call(y_true, y_pred, labels=[*labels, labels[0]])
    other: Any = "unknown" if strings else 77
    with raises(ValueError, "a class in labels is repeated that does not occur"):
        call(y_true, y_pred, labels=[other, *labels, other])
    for unknown in (other, *mistaken_for(labels)):
        with raises(ValueError, "a class that occurs in y_true only is not in labels"):
            call([*y_true, unknown], [*y_pred, labels[0]], labels=labels)
        with raises(ValueError, "a class that occurs in y_pred only is not in labels"):
            call([*y_true, labels[0]], [*y_pred, unknown], labels=labels)


def over_the_classes(y_true: Array, y_pred: Array, labels: Array) -> list[tuple[int, int, int]]:
    """What the budget is a multiple of: three counts of whole arrays for each class, both times."""
    found = []
    for label in [*range(200), *labels]:
        true, predicted = y_true == label, y_pred == label
        right = int(np.count_nonzero(true & predicted))
        found.append((right, int(predicted.sum()) - right, int(true.sum()) - right))
    return found


def many_classes(rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """20,000 rows, half of them right, in which all of the 200 classes occur; and these."""
    y_true = rng.permutation(np.arange(20_000) % 200)
    y_pred = np.where(rng.random(20_000) < 0.5, y_true, rng.permutation(y_true))
    return y_true, y_pred, rng.permutation(200)


def metrics_of_many(submission: Submission, y_true: Array, y_pred: Array, labels: Array) -> None:
    """The calls that are timed, without labels and with. Answers must at least look like one."""
    for options in ({}, {"labels": labels}):
        found = report(submission, y_true, y_pred, **options)
        require(len(found.labels) == 200, "labels are not the 200 classes.", returned=found.labels)


def test_200_classes_take_at_most_20_times_as_long_as_plain_numpy(submission: Submission) -> None:
    """20,000 rows of 200 classes take at most 20 times as long as a loop over the classes."""
    # Of the answers under solutions/, the slowest accepted one takes 2.8 times as long, the fastest
    # that makes a pass over the rows for each pair of classes 53 times, as it does so with labels
    # only.
    budget(
        submission,
        metrics_of_many,
        definition=over_the_classes,
        on=many_classes,
        times=20,
        usual=0.012,
    )
