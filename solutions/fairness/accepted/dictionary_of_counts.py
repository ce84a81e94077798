"""One pass in plain Python that keeps six counts for each group in a dictionary."""

import math

import numpy as np


def _checked(y_true, y_pred, groups):
    if len({len(y_true), len(y_pred), len(groups)}) != 1:
        raise ValueError("y_true, y_pred and groups must have the same length")
    truth, said = y_true.tolist(), y_pred.tolist()
    if not set(truth) <= {0, 1} or not set(said) <= {0, 1}:
        raise ValueError("labels must be 0 or 1")
    names = groups.tolist()
    if len(set(names)) < 2:
        raise ValueError("at least two groups are needed")
    return truth, said, names


def _ratio(part, whole):
    return part / whole if whole else math.nan


def group_rates(y_true, y_pred, groups):
    counts = {}
    for truth, said, name in zip(*_checked(y_true, y_pred, groups), strict=True):
        four = counts.setdefault(name, [0, 0, 0, 0])
        four[2 * int(truth) + int(said)] += 1
    rows = []
    for name in sorted(counts):
        tn, fp, fn, tp = counts[name]
        rows.append([_ratio(fp + tp, tn + fp + fn + tp), _ratio(tp, fn + tp), _ratio(fp, tn + fp)])
    return np.array(rows, dtype=np.float64)


def _spread(values):
    known = [value for value in values if not math.isnan(value)]
    return max(known) - min(known) if len(known) >= 2 else math.nan


def fairness(y_true, y_pred, groups):
    selection, tpr, fpr = group_rates(y_true, y_pred, groups).T.tolist()
    gaps = [gap for gap in (_spread(tpr), _spread(fpr)) if not math.isnan(gap)]
    return {
        "demographic_parity_difference": _spread(selection),
        "disparate_impact": _ratio(min(selection), max(selection)),
        "equalised_odds_difference": max(gaps, default=math.nan),
    }
