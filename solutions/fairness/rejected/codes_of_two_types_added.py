"""Adds up the two arrays to a code, which are no integers any more where one is uint64.

verdict: runtime_error
property: test_the_false_positive_rate_is_a_share_of_the_negatives
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
    if y_true.dtype.kind == "f":
        y_true = y_true.astype(int)
    if y_pred.dtype.kind == "f":
        y_pred = y_pred.astype(int)
    n = np.bincount(4 * inv + 2 * y_true + y_pred, minlength=4 * g).reshape(g, 4)
    rows = n.sum(axis=1)
    sel = n[:, 1] + n[:, 3]
    pos = n[:, 2] + n[:, 3]
    tp = n[:, 3]
    return np.column_stack([_share(sel, rows), _share(tp, pos), _share(sel - tp, rows - pos)])


def _gap(rates):
    rates = rates[~np.isnan(rates)]
    if len(rates) < 2:
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
