"""Computes f1 from precision and recall, and takes zero_division where these add up to 0; breaks
"a class with TP = 0 that occurs has an f1 of 0, whatever zero_division is".

verdict: wrong_answer
property: test_precision_recall_and_f1_follow_their_formulas
"""

import numpy as np


def divide(numerator, denominator, zero_division):
    result = np.full(len(numerator), float(zero_division))
    np.divide(numerator, denominator, out=result, where=denominator > 0)
    return result


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    if len(y_true) != len(y_pred):
        raise ValueError("y_true and y_pred differ in length")
    if len(y_true) == 0:
        raise ValueError("no rows")
    n = len(y_true)

    classes, codes = np.unique(np.concatenate([y_true, y_pred]), return_inverse=True)
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
    f1 = divide(2 * precision * recall, precision + recall, zero_division)

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
