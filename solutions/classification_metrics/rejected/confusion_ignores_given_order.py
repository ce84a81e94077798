"""Reports the given labels in their order, but counts the confusion matrix in sorted order;
breaks "in row i and column j, the number of rows with true class labels[i]".

verdict: wrong_answer
property: test_the_confusion_matrix_has_a_row_for_each_true_class
"""

import numpy as np


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if len(y_true) != len(y_pred) or len(y_true) == 0:
        raise ValueError("y_true and y_pred must have the same length, at least 1")
    seen = np.union1d(y_true, y_pred)
    names = seen if labels is None else np.asarray(labels)
    order = names.tolist()
    if len(set(order)) < len(order) or not set(seen.tolist()) <= set(order):
        raise ValueError("labels must hold every class once")
    ordered = np.sort(names)
    k = len(names)
    rows, columns = np.searchsorted(ordered, y_true), np.searchsorted(ordered, y_pred)
    confusion = np.bincount(rows * k + columns, minlength=k * k).reshape(k, k)

    def divide(part, whole):
        return part / whole if whole else zero_division

    found = {"precision": [], "recall": [], "f1": []}
    for name in order:
        true, predicted = y_true == name, y_pred == name
        right = int((true & predicted).sum())
        found["precision"].append(divide(right, int(predicted.sum())))
        found["recall"].append(divide(right, int(true.sum())))
        found["f1"].append(divide(2 * right, int(true.sum() + predicted.sum())))
    accuracy = float(np.trace(confusion) / len(y_true))
    return {
        "labels": names,
        "confusion": confusion,
        **{metric: np.array(values, float) for metric, values in found.items()},
        "macro": {metric: float(np.mean(values)) for metric, values in found.items()},
        "micro": {metric: accuracy for metric in found},
    }
