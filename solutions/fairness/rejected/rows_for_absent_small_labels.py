"""Gives a row to every number between the lowest and the highest group where those are small.

verdict: wrong_answer
property: test_group_rates_is_a_table_of_three_rates_for_each_group
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
    if groups.dtype.kind == "i" and len(groups) and groups.max() - groups.min() < 2 * len(names):
        inv = groups - groups.min()
        names = np.arange(inv.max() + 1)
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


def fairness(y_true, y_pred, groups):
    rates = group_rates(y_true, y_pred, groups)
    high = rates[:, 0].max()
    low = rates[:, 0].min()
    return {
        "demographic_parity_difference": float(high - low),
        "disparate_impact": float(low / high) if high > 0 else np.nan,
        "equalised_odds_difference": float(np.fmax(_gap(rates[:, 1]), _gap(rates[:, 2]))),
    }
