"""Keeps the rates of the last arguments, and hands out the same array again; breaks "may overwrite
what is returned".

verdict: wrong_answer
property: test_arguments_stay_as_they_are_and_calls_do_not_depend_on_each_other
"""

import numpy as np

_last = {}


def _check(y_true, y_pred, groups):
    if not len(y_true) == len(y_pred) == len(groups):
        raise ValueError("lengths differ")
    for y in (y_true, y_pred):
        if not np.all((y == 0) | (y == 1)):
            raise ValueError("only 0 and 1 are allowed")


def _rates(y_true, y_pred, groups):
    _check(y_true, y_pred, groups)
    names, g = np.unique(groups, return_inverse=True)
    if names.size < 2:
        raise ValueError("need two groups")
    cell = np.bincount(4 * g + 2 * (y_true == 1) + (y_pred == 1), minlength=4 * names.size)
    tn, fp, fn, tp = cell.reshape(-1, 4).T
    with np.errstate(all="ignore"):
        return np.column_stack([(tp + fp) / (tn + fp + fn + tp), tp / (tp + fn), fp / (fp + tn)])


def group_rates(y_true, y_pred, groups):
    key = tuple((a.dtype.str, a.tobytes()) for a in (y_true, y_pred, groups))
    if _last.get("key") != key:
        _last["value"] = _rates(y_true, y_pred, groups)  # raises before anything is kept
        _last["key"] = key
    return _last["value"]


def _gap(column):
    column = column[~np.isnan(column)]
    return np.nan if column.size < 2 else column.max() - column.min()


def fairness(y_true, y_pred, groups):
    rates = group_rates(y_true, y_pred, groups)
    low, high = rates[:, 0].min(), rates[:, 0].max()
    return {
        "demographic_parity_difference": float(high - low),
        "disparate_impact": float(low / high) if high > 0 else float("nan"),
        "equalised_odds_difference": float(np.fmax(_gap(rates[:, 1]), _gap(rates[:, 2]))),
    }
