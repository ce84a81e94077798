"""Keeps only those of the given labels that occur in the rows; breaks "whether all of them occur
or not".

verdict: wrong_answer
property: test_given_labels_are_reported_in_their_own_order
"""

import numpy as np


def ratio(top, bottom, zero_division):
    return top / bottom if bottom else float(zero_division)


def average(values):
    return sum(values) / len(values)


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    true = np.asarray(y_true).tolist()
    pred = np.asarray(y_pred).tolist()
    if len(true) != len(pred):
        raise ValueError("different lengths")
    if not true:
        raise ValueError("no rows")
    seen = set(true) | set(pred)
    if labels is None:
        names = sorted(seen)
    else:
        names = np.asarray(labels).tolist()
        if len(set(names)) != len(names):
            raise ValueError("a label is repeated")
        if not seen <= set(names):
            raise ValueError("a class is missing in labels")
        names = [name for name in names if name in seen]
    index = {name: i for i, name in enumerate(names)}

    k = len(names)
    table = [[0] * k for _ in range(k)]
    tp = [0] * k
    fp = [0] * k
    fn = [0] * k
    for t, p in zip(true, pred):
        i = index[t]
        j = index[p]
        table[i][j] += 1
        if i == j:
            tp[i] += 1
        else:
            fp[j] += 1
            fn[i] += 1

    precision = [ratio(tp[c], tp[c] + fp[c], zero_division) for c in range(k)]
    recall = [ratio(tp[c], tp[c] + fn[c], zero_division) for c in range(k)]
    f1 = [ratio(2 * tp[c], 2 * tp[c] + fp[c] + fn[c], zero_division) for c in range(k)]
    total_tp, total_fp, total_fn = sum(tp), sum(fp), sum(fn)
    return {
        "labels": names,
        "confusion": np.array(table),
        "precision": np.array(precision),
        "recall": np.array(recall),
        "f1": np.array(f1),
        "macro": {
            "precision": average(precision),
            "recall": average(recall),
            "f1": average(f1),
        },
        "micro": {
            "precision": ratio(total_tp, total_tp + total_fp, zero_division),
            "recall": ratio(total_tp, total_tp + total_fn, zero_division),
            "f1": ratio(2 * total_tp, 2 * total_tp + total_fp + total_fn, zero_division),
        },
    }
