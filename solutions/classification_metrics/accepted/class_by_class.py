"""Loops over the classes with masks of the whole arrays, and fills the rows of the confusion
matrix by counting the predictions of the rows of one class.
"""

import numpy as np


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    if y_true.shape != y_pred.shape or y_true.size == 0:
        raise ValueError("need two arrays of the same length n >= 1")
    occurring = sorted(set(y_true.tolist()).union(y_pred.tolist()))
    labels = occurring if labels is None else [np.asarray(c).item() for c in labels]
    if len(labels) != len(set(labels)):
        raise ValueError("repeated label")
    if set(occurring).difference(labels):
        raise ValueError("class without a label")

    k = len(labels)
    where = {c: i for i, c in enumerate(labels)}
    confusion = np.zeros((k, k), dtype=np.uint64)
    counts = np.zeros((3, k))
    for i, c in enumerate(labels):
        is_true = y_true == c
        is_pred = y_pred == c
        counts[:, i] = (
            np.count_nonzero(is_true & is_pred),
            np.count_nonzero(~is_true & is_pred),
            np.count_nonzero(is_true & ~is_pred),
        )
        found, how_often = np.unique(y_pred[is_true], return_counts=True)
        for other, count in zip(found.tolist(), how_often):
            confusion[i, where[other]] = count

    def metrics(tp, fp, fn):
        with np.errstate(invalid="ignore"):
            values = {
                "precision": tp / (tp + fp),
                "recall": tp / (tp + fn),
                "f1": 2 * tp / (2 * tp + fp + fn),
            }
        return {m: np.where(np.isnan(v), zero_division, v) for m, v in values.items()}

    report = metrics(*counts)
    macro = {m: v.mean() for m, v in report.items()}
    micro = {m: float(v) for m, v in metrics(*counts.sum(axis=1)).items()}
    return {"labels": labels, "confusion": confusion, **report, "macro": macro, "micro": micro}
