"""Takes y_pred for a list wherever y_true is one, and adds an array to it element by element; breaks
"each a list or a one-dimensional NumPy array".

verdict: runtime_error
property: test_the_confusion_matrix_has_a_row_for_each_true_class
"""

import numpy as np


def divide(numerator, denominator, zero_division):
    result = np.full(len(numerator), float(zero_division))
    np.divide(numerator, denominator, out=result, where=denominator > 0)
    return result


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    if len(y_true) != len(y_pred):
        raise ValueError("y_true and y_pred differ in length")
    if len(y_true) == 0:
        raise ValueError("no rows")
    n = len(y_true)
    if isinstance(y_true, list):
        rows = np.asarray(y_true + y_pred)
    else:
        rows = np.concatenate([y_true, y_pred])

    classes, codes = np.unique(rows, return_inverse=True)
    if labels is None:
        names = classes
    else:
        names = np.asarray(labels)
        place = {name: i for i, name in enumerate(names.tolist())}
        if len(place) < len(names):
            raise ValueError("a label is repeated")
        if any(name not in place for name in classes.tolist()):
            raise ValueError("a class is not in labels")
        codes = np.array([place[name] for name in classes.tolist()])[codes]

    k = len(names)
    confusion = np.bincount(codes[:n] * k + codes[n:], minlength=k * k).reshape(k, k)
    tp = np.diag(confusion)
    fp = confusion.sum(axis=0) - tp
    fn = confusion.sum(axis=1) - tp

    precision = divide(tp, tp + fp, zero_division)
    recall = divide(tp, tp + fn, zero_division)
    f1 = divide(2 * tp, 2 * tp + fp + fn, zero_division)

    all_tp, all_fp, all_fn = tp.sum(), fp.sum(), fn.sum()
    macro = {
        "precision": float(precision.mean()),
        "recall": float(recall.mean()),
        "f1": float(f1.mean()),
    }
    micro = {
        "precision": float(all_tp / (all_tp + all_fp)),
        "recall": float(all_tp / (all_tp + all_fn)),
        "f1": float(2 * all_tp / (2 * all_tp + all_fp + all_fn)),
    }
    return {
        "labels": names.tolist(),
        "confusion": confusion,
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "macro": macro,
        "micro": micro,
    }
