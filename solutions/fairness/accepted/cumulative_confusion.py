"""One np.bincount of group, label and answer in one number gives all confusion matrices; the
gaps come from all pairs of neighbours in sorted order.
"""

import numpy as np


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
    cell = 4 * codes + 2 * y_true.astype(np.int64) + y_pred.astype(np.int64)
    tn, fp, fn, tp = np.bincount(cell, minlength=4 * len(names)).reshape(-1, 4).T.astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.column_stack([(tp + fp) / (tn + fp + fn + tp), tp / (tp + fn), fp / (fp + tn)])


def fairness(y_true, y_pred, groups):
    rates = np.sort(group_rates(y_true, y_pred, groups), axis=0)  # NaN goes last
    steps = np.diff(rates, axis=0)
    gaps = [np.nan if np.isnan(s[0]) else np.nansum(s) for s in steps.T]
    worst = np.nan
    for gap in gaps[1:]:
        if np.isnan(worst) or gap > worst:
            worst = gap
    low, high = rates[0, 0], rates[-1, 0]
    return {
        "demographic_parity_difference": float(gaps[0]),
        "disparate_impact": float(low / high) if high else float("nan"),
        "equalised_odds_difference": float(worst),
    }
