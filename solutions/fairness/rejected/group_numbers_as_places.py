"""Uses integer groups as places in np.bincount; breaks "a row for each of the g groups" where
they are not 0, 1, 2, ...

verdict: memory_limit_exceeded
property: test_50_000_rows_in_5_000_groups_take_at_most_40_times_as_long_as_numbering_them
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
    codes = groups
    if groups.dtype.kind not in "iu":
        codes = np.unique(groups, return_inverse=True)[1]
    names = range(int(codes.max()) + 1)
    pred, true = y_pred == 1, y_true == 1
    rates = np.full((len(names), 3), np.nan)
    for column, rows in enumerate([np.ones(len(true), dtype=bool), true, ~true]):
        count = np.bincount(codes[rows], minlength=len(names))
        selected = np.bincount(codes[rows & pred], minlength=len(names))
        np.divide(selected, count, out=rates[:, column], where=count > 0)
    return rates


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
