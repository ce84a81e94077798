"""A gap is undefined when three or more groups lack the rate.

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
    missing = np.isnan(rates)
    rates = rates[~missing]
    if len(rates) < 2 or missing.sum() > 2:
        return np.nan
    return rates.max() - rates.min()


def fairness(y_true, y_pred, groups):
    rates = group_rates(y_true, y_pred, groups)
    high = rates[:, 0].max()
    low = rates[:, 0].min()
    return {
        "demographic_parity_difference": float(high - low),
        "disparate_impact": float(low / high) if high > 0 else np.nan,
        "equalised_odds_difference": float(np.fmax(_gap(rates[:, 1]), _gap(rates[:, 2]))),
    }
