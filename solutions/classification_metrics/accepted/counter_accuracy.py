"""Counts pairs with collections.Counter, takes f1 as the harmonic mean of precision and recall,
and uses that all micro averages equal the accuracy when every class is in labels.
"""

from collections import Counter

import numpy as np


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    if len(y_true) != len(y_pred) or len(y_true) == 0:
        raise ValueError("y_true and y_pred need the same length, at least 1")
    pairs = Counter(zip(np.asarray(y_true).tolist(), np.asarray(y_pred).tolist()))
    true = Counter()
    pred = Counter()
    for (t, p), count in pairs.items():
        true[t] += count
        pred[p] += count
    if labels is None:
        names = np.array(sorted(true | pred))
    else:
        names = np.array(labels)
    order = names.tolist()
    if len(set(order)) < len(order) or not set(true | pred) <= set(order):
        raise ValueError("labels must hold every class that occurs, each once")

    k = len(order)
    confusion = np.zeros((k, k), dtype=np.int32)
    place = dict(zip(order, range(k)))
    for (t, p), count in pairs.items():
        confusion[place[t], place[p]] = count

    precision = np.empty(k)
    recall = np.empty(k)
    f1 = np.empty(k)
    for i, name in enumerate(order):
        hits = pairs[name, name]
        precision[i] = hits / pred[name] if pred[name] else zero_division
        recall[i] = hits / true[name] if true[name] else zero_division
        if hits:
            f1[i] = 2 * precision[i] * recall[i] / (precision[i] + recall[i])
        else:
            f1[i] = 0.0 if pred[name] or true[name] else zero_division
    accuracy = np.trace(confusion) / len(y_true)
    return {
        "labels": names,
        "confusion": confusion,
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "macro": {"precision": precision.mean(), "recall": recall.mean(), "f1": f1.mean()},
        "micro": {"precision": accuracy, "recall": accuracy, "f1": accuracy},
    }
