"""Sorts the rows by group and adds up each run of equal groups with np.add.reduceat."""

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
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    t = (y_true[order] == 1).astype(np.int64)
    p = (y_pred[order] == 1).astype(np.int64)
    ones = np.ones_like(t)
    upper = np.add.reduceat(np.stack([p, p * t, p * (1 - t)]), starts, axis=1)
    lower = np.add.reduceat(np.stack([ones, t, 1 - t]), starts, axis=1)
    with np.errstate(invalid="ignore"):
        return (upper / lower).T


def fairness(y_true, y_pred, groups):
    rates = group_rates(y_true, y_pred, groups)
    with np.errstate(invalid="ignore"):
        top = np.fmax.reduce(rates)
        bottom = np.fmin.reduce(rates)
        gaps = np.where((~np.isnan(rates)).sum(axis=0) > 1, top - bottom, np.nan)
        impact = bottom[0] / top[0]
    return {
        "demographic_parity_difference": gaps[0],
        "disparate_impact": impact,
        "equalised_odds_difference": np.fmax(gaps[1], gaps[2]),
    }
