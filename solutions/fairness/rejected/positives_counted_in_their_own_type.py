"""Counts the positives of a group by adding y_true up in its own type, where 300 of them do not
fit; breaks "share of y_pred = 1 among those with y_true = 1".

verdict: wrong_answer
property: test_the_true_positive_rate_is_a_share_of_the_positives
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
    pred, true = y_pred == 1, y_true == 1
    rates = np.full((len(names), 3), np.nan)
    for column, rows in enumerate([np.ones(len(true), dtype=bool), true, ~true]):
        count = np.bincount(codes[rows], minlength=len(names))
        if column == 1:
            count = np.zeros(len(names), dtype=int if y_true.dtype == bool else y_true.dtype)
            np.add.at(count, codes, y_true)
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
