"""Keeps the counts as int16, into which 20,000 rows go, but 2 * TP only up to 32,767; breaks
"f1 = 2 * TP / (2 * TP + FP + FN)".

verdict: wrong_answer
property: test_precision_recall_and_f1_follow_their_formulas
"""

import numpy as np


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    if len(t) != len(p):
        raise ValueError("y_true and y_pred differ in length")
    if len(t) == 0:
        raise ValueError("no rows")
    if t.dtype.kind in "iu":
        t = t.astype(np.int64)
    if p.dtype.kind in "iu":
        p = p.astype(np.int64)
    names = np.unique(np.concatenate([t, p]))
    if labels is None:
        labels, where = names, np.arange(len(names))
    else:
        labels = np.array(labels)
        if labels.dtype.kind in "iu":
            labels = labels.astype(np.int64)
        pos = {c: i for i, c in enumerate(labels.tolist())}
        if len(pos) != len(labels):
            raise ValueError("a label is repeated")
        where = np.array([pos.get(c, -1) for c in names.tolist()])
        if (where < 0).any():
            raise ValueError("a class is not in labels")
    k = len(labels)
    i = where[np.searchsorted(names, t)]
    j = where[np.searchsorted(names, p)]
    confusion = np.bincount(i * k + j, minlength=k * k).reshape(k, k).astype(np.int16)
    tp = np.diag(confusion)
    fp = confusion.sum(axis=0, dtype=np.int16) - tp
    fn = confusion.sum(axis=1, dtype=np.int16) - tp

    def ratio(a, b):
        return np.where(b > 0, a / np.maximum(b, 1), float(zero_division))

    scores = {
        "precision": ratio(tp, tp + fp),
        "recall": ratio(tp, tp + fn),
        "f1": ratio(2 * tp, 2 * tp + fp + fn),
    }
    T, P, N = tp.sum(), fp.sum(), fn.sum()
    return {
        "labels": labels,
        "confusion": confusion,
        **scores,
        "macro": {name: s.mean() for name, s in scores.items()},
        "micro": {"precision": T / (T + P), "recall": T / (T + N), "f1": 2 * T / (2 * T + P + N)},
    }
