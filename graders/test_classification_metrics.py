"""What per-class metrics and their averages must satisfy, whatever way the rows are counted.

The expectation is the definition: rows counted one by one, and the formulas in fractions.
"""

from __future__ import annotations

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
    """The submission's answer, checked for its keys, types and shapes."""
    answer = submission.classification_metrics(y_true, y_pred, **options)
    require(isinstance(answer, dict), "The answer is not a dict.", returned=answer)
    missing = [key for key in KEYS if key not in answer]
    require(
        not missing,
        f"The answer has no key {missing[0] if missing else ''!r}.",
        returned=f"keys {sorted(map(str, answer))}",
    )
    labels = listed(answer["labels"])
    k = len(labels)
    confusion = array(answer["confusion"], name="confusion", shape=(k, k), kind="integer")
    by_class = {
        name: array(answer[name], name=name, shape=(k,), kind="float", dtype=np.float64)
        for name in METRICS
    }
    averages = []
    for key in ("macro", "micro"):
        means = answer[key]
        if not (isinstance(means, dict) and set(means) == set(METRICS)):
            reject(
                f"{key} is not a dict with the keys precision, recall and f1.",
                returned=means,
            )
        averages.append({name: number(means[name], name=f"{key} {name}") for name in METRICS})
    return Report(labels, confusion, by_class, *averages)


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


def check_classes(found: Report, y_true: Classes, y_pred: Classes, zero_division: float) -> None:
    """Check precision, recall and f1 of every class."""
    for at, label in enumerate(found.labels):
        counts = count(y_true, y_pred, label)
        expected = metrics(counts, zero_division)
        for name in METRICS:
            close(
                float(found.by_class[name][at]),
                float(expected[name]),
                within=ROUNDING,
                name=f"{name} of the class {label!r}",
                because=f"It has TP = {counts.true_positives}, FP = {counts.false_positives} and "
                f"FN = {counts.false_negatives}.",
            )


def classes(numbers: bool) -> st.SearchStrategy[Any]:
    """One class: of a few numbers, negative ones too, or of a few words."""
    if numbers:
        return st.sampled_from([0, 1, 2, 7, -1, -3, 100])
    return st.sampled_from(["cat", "dog", "a", "Zebra", "", "10", "9"])


@st.composite
def rows(draw: st.DrawFn) -> tuple[Classes, Classes]:
    """True and predicted classes, as lists or as arrays; four classes or fewer."""
    numbers = draw(st.booleans())
    names = draw(st.lists(classes(numbers), min_size=1, max_size=4, unique=True))
    n = draw(st.integers(1, 10))
    column = st.lists(st.sampled_from(names), min_size=n, max_size=n)
    y_true, y_pred = draw(column), draw(column)
    if draw(st.booleans()):
        return np.array(y_true), np.array(y_pred)
    return y_true, y_pred


PETS = (["cat", "dog", "dog"], ["cat", "cat", "dog"])
# Of 7 neither row is found, and -1 is only ever predicted.
MISSED = ([0, 0, 7, 7, 0], [0, 0, 0, -1, 0])
ONE_CLASS = ([3, 3], [3, 3])
# The precision of 0 and the recall of 1 are 1, of which one does not see which is which.
LOPSIDED = ([0, 0, 0, 0, 1, 1, 2], [0, 1, 1, 1, 1, 1, 0])


@given(data=rows(), examples=25)
@example(data=PETS)
@example(data=(np.array([2, 0]), np.array([0, 0])))
@example(data=ONE_CLASS)
def test_the_answer_has_the_promised_keys_shapes_and_types(
    submission: Submission, data: tuple[Classes, Classes]
) -> None:
    """The answer is a dict of labels, a (k, k) matrix of counts, arrays (k,) and averages."""
    found = report(submission, *data)
    k = len(set(listed_rows(data)))
    require(
        len(found.labels) == k,
        f"labels has {len(found.labels)} classes, but {k} occur in y_true and y_pred.",
        returned=found.labels,
    )


def listed_rows(data: tuple[Classes, Classes]) -> list[Any]:
    """The classes of all rows, true and predicted, as Python's ints or strings."""
    return [*np.asarray(data[0]).tolist(), *np.asarray(data[1]).tolist()]


@given(data=rows())
@example(data=([2, 0, 10], [2, 2, 1]))
@example(data=([0, 1], [0, 5]))
@example(data=([5, 1], [1, 1]))
@example(data=(np.array(["b", "a"]), np.array(["long", "a"])))
@example(data=(["b", "B"], ["10", "9"]))
def test_labels_are_the_classes_that_occur_in_order(
    submission: Submission, data: tuple[Classes, Classes]
) -> None:
    """By default, labels are the classes in y_true, y_pred or both, each once, sorted."""
    found = report(submission, *data)
    expected = sorted(set(listed_rows(data)))
    require(
        found.labels == expected,
        "These are not the classes that occur, each once and sorted.",
        returned=found.labels,
        expected=expected,
    )


def check_confusion(found: Report, y_true: Classes, y_pred: Classes) -> None:
    """Check every cell of the confusion matrix against the rows."""
    pairs = list(zip(list(y_true), list(y_pred), strict=True))
    for i, true in enumerate(found.labels):
        for j, predicted in enumerate(found.labels):
            cell = sum(1 for pair in pairs if pair[0] == true and pair[1] == predicted)
            require(
                found.confusion[i, j] == cell,
                f"confusion[{i}, {j}] is {found.confusion[i, j]}, but {cell} rows have the true "
                f"class {true!r} and the predicted class {predicted!r}.",
                returned=found.confusion,
            )


@given(data=rows())
@example(data=PETS)
@example(data=([0, 0, 1, 2], [1, 1, 1, 0]))
@example(data=([7], [-1]))
def test_the_confusion_matrix_has_a_row_for_each_true_class(
    submission: Submission, data: tuple[Classes, Classes]
) -> None:
    """confusion[i, j] is the number of rows of true class i that were predicted as j."""
    check_confusion(report(submission, *data), *data)


@given(data=rows())
@example(data=PETS)
@example(data=LOPSIDED)
@example(data=MISSED)
def test_precision_recall_and_f1_follow_their_formulas(
    submission: Submission, data: tuple[Classes, Classes]
) -> None:
    """Precision is TP / (TP + FP), recall TP / (TP + FN), f1 2 TP / (2 TP + FP + FN)."""
    check_classes(report(submission, *data), *data, 0.0)


FALLBACKS = st.sampled_from([0.0, 1.0, 0.5, 0.25])


@given(data=rows(), zero_division=FALLBACKS, absent=st.booleans())
@example(data=MISSED, zero_division=1.0, absent=False)
@example(data=([0, 1], [0, 0]), zero_division=0.5, absent=False)
@example(data=([0, 0], [0, 1]), zero_division=1.0, absent=False)
@example(data=([0, 1], [1, 0]), zero_division=1.0, absent=False)
@example(data=ONE_CLASS, zero_division=1.0, absent=True)
@example(data=ONE_CLASS, zero_division=0.0, absent=True)
def test_a_division_by_zero_gives_the_argument_zero_division(
    submission: Submission, data: tuple[Classes, Classes], zero_division: float, absent: bool
) -> None:
    """Where a denominator is 0 the value is zero_division, and nowhere else."""
    options: dict[str, Any] = {"zero_division": zero_division}
    if absent:
        present = sorted(set(listed_rows(data)))
        options["labels"] = ["absent", *present] if isinstance(present[0], str) else [55, *present]
    check_classes(report(submission, *data, **options), *data, zero_division)


def check_macro(found: Report, y_true: Classes, y_pred: Classes, zero_division: float) -> None:
    """Check that the macro values are the means over the classes."""
    k = len(found.labels)
    each = [metrics(count(y_true, y_pred, label), zero_division) for label in found.labels]
    for name in METRICS:
        mean = sum((values[name] for values in each), Fraction(0)) / k
        close(
            found.macro[name],
            float(mean),
            # The values' own rounding, k - 1 additions and a division.
            within=ROUNDING + k * EPS,
            name=f"macro {name}",
            because=f"It is the mean of {name} over the {k} classes.",
        )


@given(data=rows(), zero_division=FALLBACKS)
@example(data=PETS, zero_division=0.0)
@example(data=LOPSIDED, zero_division=0.0)
@example(data=MISSED, zero_division=0.0)
@example(data=MISSED, zero_division=1.0)
def test_macro_averages_are_the_means_over_the_classes(
    submission: Submission, data: tuple[Classes, Classes], zero_division: float
) -> None:
    """Macro precision, recall and f1 are the means of the classes' values, all counting alike."""
    check_macro(
        report(submission, *data, zero_division=zero_division), *data, zero_division=zero_division
    )


@given(data=rows(), zero_division=FALLBACKS)
@example(data=PETS, zero_division=0.0)
@example(data=LOPSIDED, zero_division=0.0)
@example(data=([0, 1], [1, 0]), zero_division=1.0)
def test_micro_averages_pool_the_counts_of_all_classes(
    submission: Submission, data: tuple[Classes, Classes], zero_division: float
) -> None:
    """Micro precision, recall and f1 are the formulas with TP, FP and FN summed over classes."""
    found = report(submission, *data, zero_division=zero_division)
    each = [count(*data, label) for label in sorted(set(listed_rows(data)))]
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
def with_labels(draw: st.DrawFn) -> tuple[Classes, Classes, Classes]:
    """Rows and labels for them: those that occur and some more, in any order."""
    y_true, y_pred = draw(rows())
    occurring = list(dict.fromkeys(listed_rows((y_true, y_pred))))
    more = draw(
        st.lists(classes(not isinstance(occurring[0], str)), max_size=2, unique=True).map(
            lambda extra: [name for name in extra if name not in occurring]
        )
    )
    labels = draw(st.permutations([*occurring, *more]))
    return y_true, y_pred, np.array(labels) if draw(st.booleans()) else list(labels)


@given(data=with_labels(), zero_division=FALLBACKS)
@example(data=([0, 0, 1], [0, 1, 1], [1, 0]), zero_division=0.0)
@example(data=([0, 0, 1], [0, 1, 1], np.array([2, 1, 0])), zero_division=0.0)
@example(data=(["b", "a"], ["b", "b"], ["b", "c", "a"]), zero_division=1.0)
@example(data=(np.array([4, 4]), np.array([4, 4]), [9, 4]), zero_division=1.0)
def test_given_labels_are_reported_in_their_own_order(
    submission: Submission, data: tuple[Classes, Classes, Classes], zero_division: float
) -> None:
    """With the argument labels, these classes are reported, in that order, absent ones too."""
    y_true, y_pred, labels = data
    found = report(submission, y_true, y_pred, labels=labels, zero_division=zero_division)
    expected = np.asarray(labels).tolist()
    require(
        found.labels == expected,
        "labels are not the classes of the argument in their order.",
        returned=found.labels,
        expected=expected,
    )
    check_confusion(found, y_true, y_pred)
    check_classes(found, y_true, y_pred, zero_division)
    check_macro(found, y_true, y_pred, zero_division)


@st.composite
def integer_rows(draw: st.DrawFn) -> tuple[Array, Array]:
    """Integer classes as far apart as the task allows, in two arrays of any integer types."""
    types = [np.iinfo(draw(st.sampled_from(INTEGER_DTYPES))) for _ in range(2)]
    low = max(-(2**31), *(int(kind.min) for kind in types))
    high = min(2**31 - 1, *(int(kind.max) for kind in types))
    names = draw(st.lists(st.integers(low, high), min_size=1, max_size=4, unique=True))
    n = draw(st.integers(1, 8))
    column = st.lists(st.sampled_from(names), min_size=n, max_size=n)
    return np.array(draw(column), types[0].dtype), np.array(draw(column), types[1].dtype)


@given(data=integer_rows())
@example(data=(np.array([100, 50, 100], np.int8), np.array([50, 100, 100], np.int8)))
@example(data=(np.array([200, 0], np.uint8), np.array([200, 200], np.int64)))
@example(data=(np.array([2**31 - 1, 0], np.int32), np.array([0, 2**31 - 1], np.uint32)))
@example(data=(np.array([-(2**31), 5], np.int64), np.array([5, 5], np.int64)))
def test_classes_are_any_integers_of_any_type(
    submission: Submission, data: tuple[Array, Array]
) -> None:
    """Integer classes may be negative, large and far apart, and of two integer types."""
    found = report(submission, *data)
    expected = sorted(set(listed_rows(data)))
    require(
        found.labels == expected,
        "These are not the classes that occur, each once and sorted.",
        returned=found.labels,
        expected=expected,
    )
    check_confusion(found, *data)
    check_classes(found, *data, 0.0)


@given(data=with_labels(), examples=25)
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


@given(data=with_labels(), examples=25)
@example(data=([0, 1], [1, 1], [0, 1]))
def test_impossible_arguments_are_refused(
    submission: Submission, data: tuple[Classes, Classes, Classes]
) -> None:
    """ValueError is raised for other lengths, no rows, and labels repeated or missing."""
    y_true, y_pred, labels = data
    names = np.asarray(labels).tolist()
    call = submission.classification_metrics
    with raises(ValueError, "y_pred is shorter than y_true"):
        call([*list(y_true), y_true[0]], y_pred)
    with raises(ValueError, "y_true is shorter than y_pred"):
        call(y_true, [*list(y_pred), y_pred[0]])
    with raises(ValueError, "there are no rows"):
        call([], [])
    with raises(ValueError, "a class in labels is repeated"):
        call(y_true, y_pred, labels=[*names, names[0]])
    for side, column in (("y_true", y_true), ("y_pred", y_pred)):
        missing = np.asarray(column).tolist()[0]
        with raises(ValueError, f"a class that occurs in {side} is not in labels"):
            call(y_true, y_pred, labels=[name for name in names if name != missing] or [77])


def over_the_classes(y_true: Array, y_pred: Array) -> list[tuple[int, int, int]]:
    """What the budget is a multiple of: three counts of whole arrays for each class."""
    found = []
    for label in range(200):
        true, predicted = y_true == label, y_pred == label
        right = int(np.count_nonzero(true & predicted))
        found.append((right, int(predicted.sum()) - right, int(true.sum()) - right))
    return found


def many_classes(rng: np.random.Generator) -> tuple[Array, Array]:
    """20,000 rows, half of them right, in which all of the 200 classes occur."""
    y_true = rng.permutation(np.arange(20_000) % 200)
    return y_true, np.where(rng.random(20_000) < 0.5, y_true, rng.permutation(y_true))


def metrics_of_many(submission: Submission, y_true: Array, y_pred: Array) -> None:
    """The call that is timed. Its answer must at least look like one."""
    found = report(submission, y_true, y_pred)
    require(
        found.labels == list(range(200)),
        "These are not the classes that occur, each once and sorted.",
        returned=found.labels,
    )


def test_200_classes_take_at_most_20_times_as_long_as_plain_numpy(submission: Submission) -> None:
    """20,000 rows of 200 classes take at most 20 times as long as a loop over the classes."""
    budget(
        submission,
        metrics_of_many,
        definition=over_the_classes,
        on=many_classes,
        times=20,
        usual=0.006,
    )
