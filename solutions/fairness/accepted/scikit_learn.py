"""Wraps sklearn.metrics.cluster.contingency_matrix of groups and outcomes, with four rows of
an extra group so that all four outcomes occur.

uses: sklearn scipy
"""

import numpy as np
from sklearn.metrics.cluster import contingency_matrix


def check(y_true, y_pred, groups):
    if not len(y_true) == len(y_pred) == len(groups):
        raise ValueError("the lengths differ")
    for y in (y_true, y_pred):
        if not np.all((y == 0) | (y == 1)):
            raise ValueError("y_true and y_pred hold only 0 and 1")
    if len(np.unique(groups)) < 2:
        raise ValueError("at least two groups are needed")


def group_rates(y_true, y_pred, groups):
    check(y_true, y_pred, groups)
    codes = np.unique(groups, return_inverse=True)[1]
    outcome = 2 * y_true.astype(int) + y_pred.astype(int)
    codes = np.append(codes, np.full(4, codes.max() + 1))
    table = contingency_matrix(codes, np.append(outcome, np.arange(4)), sparse=True)
    tn, fp, fn, tp = table.toarray()[:-1].T
    with np.errstate(invalid="ignore"):
        return np.stack([(fp + tp) / (tn + fp + fn + tp), tp / (fn + tp), fp / (tn + fp)], axis=1)


def gap(rate):
    rate = rate[~np.isnan(rate)]
    return rate.max() - rate.min() if len(rate) >= 2 else np.nan


def fairness(y_true, y_pred, groups):
    selection, tpr, fpr = group_rates(y_true, y_pred, groups).T
    highest = selection.max()
    gaps = [x for x in (gap(tpr), gap(fpr)) if not np.isnan(x)]
    return {
        "demographic_parity_difference": float(highest - selection.min()),
        "disparate_impact": float(selection.min() / highest) if highest > 0 else float("nan"),
        "equalised_odds_difference": float(max(gaps)) if gaps else float("nan"),
    }
