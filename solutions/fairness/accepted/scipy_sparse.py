"""Adds up a sparse indicator matrix of groups (SciPy) times a matrix of six columns, the
answers and the rows that count.

uses: scipy
"""

import numpy as np
from scipy.sparse import csr_matrix


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
    names, codes = np.unique(groups, return_inverse=True)
    n = len(codes)
    member = csr_matrix((np.ones(n), (codes, np.arange(n))), shape=(len(names), n))
    weights = np.column_stack([np.ones(n), y_true == 1, y_true == 0]).astype(float)
    with np.errstate(invalid="ignore"):
        return (member @ (weights * (y_pred == 1)[:, None])) / (member @ weights)


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
