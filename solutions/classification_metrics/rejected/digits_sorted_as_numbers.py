"""Sorts strings of digits as numbers; breaks "each once, sorted as Python sorts them".

verdict: wrong_answer
property: test_labels_are_the_classes_that_occur_sorted
"""

import math

import numpy as np


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    t = y_true.tolist() if isinstance(y_true, np.ndarray) else list(y_true)
    p = y_pred.tolist() if isinstance(y_pred, np.ndarray) else list(y_pred)
    if len(t) != len(p) or not t:
        raise ValueError("y_true and y_pred must have one common, positive length")
    if labels is None:
        names = sorted({*t, *p})
        if all(isinstance(c, str) and c.isdigit() for c in names):
            names.sort(key=int)
    else:
        names = labels.tolist() if isinstance(labels, np.ndarray) else list(labels)
        if len(set(names)) < len(names):
            raise ValueError("labels holds a class twice")
    where = {c: i for i, c in enumerate(names)}
    k = len(names)
    table = [[0] * k for _ in range(k)]
    try:
        for a, b in zip(t, p, strict=True):
            table[where[a]][where[b]] += 1
    except KeyError as missing:
        raise ValueError(f"class {missing} is not in labels") from None

    def three(tp, fp, fn):
        def over(a, b):
            return a / b if b else float(zero_division)

        return over(tp, tp + fp), over(tp, tp + fn), over(2 * tp, 2 * tp + fp + fn)

    columns = list(zip(*table, strict=True))
    counts = []
    for i in range(k):
        tp = table[i][i]
        counts.append((tp, sum(columns[i]) - tp, sum(table[i]) - tp))
    per_class = [three(*c) for c in counts]
    micro = three(*map(sum, zip(*counts, strict=True)))
    keys = ("precision", "recall", "f1")
    answer = {"labels": names, "confusion": np.array(table, dtype=np.int64)}
    for key, values in zip(keys, zip(*per_class, strict=True), strict=True):
        answer[key] = np.array(values, dtype=np.float64)
    answer["macro"] = {key: math.fsum(answer[key]) / k for key in keys}
    answer["micro"] = dict(zip(keys, micro, strict=True))
    answer["support"] = np.array([sum(row) for row in table])
    answer["accuracy"] = answer["micro"]["f1"]
    return answer
