"""Classes are numbered once; then one bincount is the confusion matrix, and all else its sums."""

import numpy as np


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_true.shape != y_pred.shape:
        raise ValueError(f"y_true has {len(y_true)} rows, but y_pred has {len(y_pred)}")
    n = len(y_true)
    if n == 0:
        raise ValueError("there are no rows")

    # Sorted classes, and of each row the place of its class among them: with these numbers it no
    # longer matters whether the classes are strings, or negative, or far apart.
    classes, places = np.unique(np.concatenate([y_true, y_pred]), return_inverse=True)
    if labels is not None:
        order = _places_of(classes.tolist(), np.asarray(labels).tolist())
        classes, places = np.asarray(labels), order[places]

    k = len(classes)
    confusion = np.bincount(places[:n] * k + places[n:], minlength=k * k).reshape(k, k)
    right = confusion.diagonal()
    predicted, true = confusion.sum(axis=0), confusion.sum(axis=1)
    by_class = _metrics(right, predicted, true, zero_division)
    pooled = _metrics(right.sum(), predicted.sum(), true.sum(), zero_division)
    return {
        "labels": classes,
        "confusion": confusion,
        **by_class,
        "macro": {name: values.mean() for name, values in by_class.items()},
        "micro": {name: float(value) for name, value in pooled.items()},
    }


def _places_of(classes, labels):
    """The place of each class among the labels, which must hold them all, each once."""
    place = {label: i for i, label in enumerate(labels)}
    if len(place) < len(labels):
        raise ValueError("a class in labels is repeated")
    missing = [name for name in classes if name not in place]
    if missing:
        raise ValueError(f"the class {missing[0]!r} occurs, but is not in labels")
    return np.array([place[name] for name in classes])


def _metrics(right, predicted, true, zero_division):
    # TP + FP is what was predicted, TP + FN what is true, and 2 TP + FP + FN the sum of both.
    return {
        "precision": _ratio(right, predicted, zero_division),
        "recall": _ratio(right, true, zero_division),
        "f1": _ratio(2 * right, predicted + true, zero_division),
    }


def _ratio(part, whole, zero_division):
    return np.where(whole > 0, part / np.maximum(whole, 1), zero_division)
