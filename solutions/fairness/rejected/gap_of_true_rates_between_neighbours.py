"""Takes for the gap in true positive rates the largest difference of two neighbouring groups.

verdict: wrong_answer
property: test_equalised_odds_is_the_larger_of_the_two_gaps
"""

import numpy as np


def _check(y_true, y_pred, groups):
    if not len(y_true) == len(y_pred) == len(groups):
        raise ValueError("lengths")
    for y in (y_true, y_pred):
        if not np.all((y == 0) | (y == 1)):
            raise ValueError("0 and 1")


def _share(part, whole):
    out = np.full(len(whole), np.nan)
    np.divide(part, whole, out=out, where=whole > 0)
    return out


def group_rates(y_true, y_pred, groups):
    _check(y_true, y_pred, groups)
    names, inv = np.unique(groups, return_inverse=True)
    g = len(names)
    if g < 2:
        raise ValueError("groups")
    t = y_true == 1
    p = y_pred == 1
    rows = np.bincount(inv, minlength=g)
    sel = np.bincount(inv[p], minlength=g)
    pos = np.bincount(inv[t], minlength=g)
    tp = np.bincount(inv[t & p], minlength=g)
    return np.column_stack([_share(sel, rows), _share(tp, pos), _share(sel - tp, rows - pos)])


def _gap(rates):
    rates = rates[~np.isnan(rates)]
    if len(rates) < 2:
        return np.nan
    return rates.max() - rates.min()


def _adj(r):
    r = r[~np.isnan(r)]
    return np.abs(np.diff(r)).max() if len(r) > 1 else np.nan


def _ref(r):
    r = r[~np.isnan(r)]
    return np.abs(r - r[0]).max() if len(r) > 1 else np.nan


def _mean(r):
    r = r[~np.isnan(r)]
    return 2 * np.abs(r - r.mean()).max() if len(r) > 1 else np.nan


def _std(r):
    r = r[~np.isnan(r)]
    return (
        np.sort(r)[-1] - np.sort(r)[0]
        if len(r) == 2
        else np.median(r[r >= np.median(r)]) * 0 + np.ptp(r)
        if len(r) > 1
        else np.nan
    )


def fairness(y_true, y_pred, groups):
    rates = group_rates(y_true, y_pred, groups)
    high = rates[:, 0].max()
    low = rates[:, 0].min()
    return {
        "demographic_parity_difference": float(high - low),
        "disparate_impact": float(low / high) if high > 0 else np.nan,
        "equalised_odds_difference": float(np.fmax(_adj(rates[:, 1]), _gap(rates[:, 2]))),
    }
