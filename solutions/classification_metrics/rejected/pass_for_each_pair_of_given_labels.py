"""Is quick by default, but with the argument labels makes a pass over the rows for each pair of
classes; breaks "make no pass over the rows for each pair of classes".

verdict: time_limit_exceeded
property: test_200_classes_take_at_most_20_times_as_long_as_plain_numpy
"""

import numpy as np


def _ratio(num, den, zero_division):
    out = np.full(num.shape, zero_division, dtype=np.float64)
    np.divide(num, den, out=out, where=den > 0)
    return out


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    if len(t) != len(p):
        raise ValueError("y_true and y_pred differ in length")
    if len(t) == 0:
        raise ValueError("no rows")
    if labels is None:
        classes = sorted(set(t.tolist()) | set(p.tolist()))
    else:
        classes = np.asarray(labels).tolist()
    index = {c: i for i, c in enumerate(classes)}
    k = len(classes)
    if len(index) != k:
        raise ValueError("a label is repeated")
    try:
        ti = np.array([index[c] for c in t.tolist()])
        pi = np.array([index[c] for c in p.tolist()])
    except KeyError as error:
        raise ValueError(f"class {error} is not in labels") from None
    if labels is None:
        confusion = np.bincount(ti * k + pi, minlength=k * k).reshape(k, k)
    else:
        confusion = np.zeros((k, k), dtype=np.int64)
        for i in range(k):
            for j in range(k):
                confusion[i, j] = ((ti == i) & (pi == j)).sum()
    tp = np.diag(confusion)
    fp = confusion.sum(axis=0) - tp
    fn = confusion.sum(axis=1) - tp
    precision = _ratio(tp, tp + fp, zero_division)
    recall = _ratio(tp, tp + fn, zero_division)
    f1 = _ratio(2 * tp, 2 * tp + fp + fn, zero_division)
    tps, fps, fns = int(tp.sum()), int(fp.sum()), int(fn.sum())
    return {
        "labels": classes,
        "confusion": confusion,
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "macro": {
            "precision": float(precision.mean()),
            "recall": float(recall.mean()),
            "f1": float(f1.mean()),
        },
        "micro": {
            "precision": tps / (tps + fps),
            "recall": tps / (tps + fns),
            "f1": 2 * tps / (2 * tps + fps + fns),
        },
    }
