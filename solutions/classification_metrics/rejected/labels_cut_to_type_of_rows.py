"""Looks the classes up among labels cut to the integer type of the rows, in which 257 is 1; breaks
"the number of rows with true class labels[i] and predicted class labels[j]".

verdict: wrong_answer
property: test_the_confusion_matrix_has_a_row_for_each_true_class
"""

import numpy as np


def _ratio(num, den, zero_division):
    num = np.asarray(num, dtype=np.float64)
    den = np.asarray(den, dtype=np.float64)
    out = np.full(num.shape, float(zero_division))
    np.divide(num, den, out=out, where=den > 0)
    return out


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    n = len(y_true)
    if n != len(y_pred):
        raise ValueError("y_true and y_pred differ in length")
    if n == 0:
        raise ValueError("no rows")
    both = np.concatenate([np.asarray(y_true), np.asarray(y_pred)])
    if labels is None:
        names = np.unique(both)
    else:
        names = np.array(labels)
        if len(np.unique(names)) < len(names):
            raise ValueError("repeated label")
    k = len(names)
    # Integers of one type are compared without a copy of all rows.
    keys = names.astype(both.dtype) if both.dtype.kind in "iu" else names
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    place = np.searchsorted(ranked, both)
    place = np.minimum(place, k - 1)
    if (ranked[place] != both).any():
        raise ValueError("a class is not in labels")
    codes = order[place].astype(np.int64)
    confusion = np.bincount(codes[:n] * k + codes[n:], minlength=k * k).reshape(k, k)
    tp = np.diag(confusion)
    predicted = confusion.sum(axis=0)
    actual = confusion.sum(axis=1)
    precision = _ratio(tp, predicted, zero_division)
    recall = _ratio(tp, actual, zero_division)
    f1 = _ratio(2 * tp, predicted + actual, zero_division)
    right = float(tp.sum()) / float(confusion.sum())
    return {
        "labels": names.tolist(),
        "confusion": confusion,
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "macro": {
            "precision": float(precision.mean()),
            "recall": float(recall.mean()),
            "f1": float(f1.mean()),
        },
        "micro": {"precision": right, "recall": right, "f1": right},
    }
