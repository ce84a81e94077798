"""Keeps zero_division in single precision; breaks "a class's precision is the argument
`zero_division`".

verdict: wrong_answer
property: test_a_division_by_zero_gives_the_argument_zero_division
"""

import numpy as np


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    if len(y_true) != len(y_pred):
        raise ValueError("lengths")
    if len(y_true) == 0:
        raise ValueError("empty")
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    occurring = np.unique(np.concatenate([y_true, y_pred]))
    if labels is None:
        labels = occurring
    else:
        labels = np.array(labels)
    k = len(labels)
    order = np.argsort(labels, kind="stable")
    ranked = labels[order]
    if k > 1 and (ranked[1:] == ranked[:-1]).any():
        raise ValueError("repeated label")

    def codes(y):
        at = np.searchsorted(ranked, y)
        if (at == k).any() or (ranked[np.minimum(at, k - 1)] != y).any():
            raise ValueError("unknown class")
        return order[at]

    t, p = codes(y_true), codes(y_pred)
    confusion = np.bincount(t * k + p, minlength=k * k).reshape(k, k)
    tp = np.diag(confusion).astype(float)
    fp = confusion.sum(axis=0) - tp
    fn = confusion.sum(axis=1) - tp

    def ratio(num, den):
        return np.where(
            den == 0, float(np.float32(zero_division)), num / np.where(den == 0, 1.0, den)
        )

    precision = ratio(tp, tp + fp)
    recall = ratio(tp, tp + fn)
    f1 = ratio(2 * tp, 2 * tp + fp + fn)
    macro = {"precision": precision.mean(), "recall": recall.mean(), "f1": f1.mean()}
    TP, FP, FN = tp.sum(), fp.sum(), fn.sum()
    micro = {
        "precision": TP / (TP + FP),
        "recall": TP / (TP + FN),
        "f1": 2 * TP / (2 * TP + FP + FN),
    }
    return {
        "labels": labels,
        "confusion": confusion,
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "macro": macro,
        "micro": micro,
    }
