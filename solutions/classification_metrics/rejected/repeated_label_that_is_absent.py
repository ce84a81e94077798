"""Notices a repeated label only when it looks up a class that occurs, so one that is absent from
the rows passes; breaks "ValueError when ... a class in `labels` is repeated".

verdict: wrong_answer
property: test_impossible_arguments_are_refused
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
    k = len(classes)
    array = np.array(classes)
    order = np.argsort(array, kind="stable")
    ranked = array[order]

    def find(values):
        left = np.searchsorted(ranked, values, side="left")
        right = np.searchsorted(ranked, values, side="right")
        return order[np.minimum(left, k - 1)], right - left

    (ti, t_hits), (pi, p_hits) = find(t), find(p)
    # a class that is not in labels is hit 0 times, a repeated one several times
    if (t_hits != 1).any() or (p_hits != 1).any():
        raise ValueError("labels must hold every class just once")
    confusion = np.bincount(ti * k + pi, minlength=k * k).reshape(k, k)
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
