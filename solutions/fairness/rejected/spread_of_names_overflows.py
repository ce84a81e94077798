"""Takes names for places in a table where the greatest less the least is small, which overflows for
names at both ends of int64; breaks "groups holds the names of the groups, integers (int64)".

verdict: runtime_error
property: test_group_rates_is_a_table_of_three_rates_for_each_group
"""

import numpy as np


def _check(y_true, y_pred, groups):
    if not len(y_true) == len(y_pred) == len(groups):
        raise ValueError("lengths differ")
    for y in (y_true, y_pred):
        if not np.all((y == 0) | (y == 1)):
            raise ValueError("only 0 and 1 are allowed")


def _codes(groups):
    """np.unique(groups, return_inverse=True), without the sort where the ids are dense."""
    if groups.dtype.kind == "i" and groups.size:
        low = groups.min()
        if groups.max() - low <= 4 * groups.size:
            shifted = groups - low
            present = np.bincount(shifted) > 0
            return np.flatnonzero(present) + low, (np.cumsum(present) - 1)[shifted]
    return np.unique(groups, return_inverse=True)


def group_rates(y_true, y_pred, groups):
    _check(y_true, y_pred, groups)
    names, g = _codes(groups)
    if names.size < 2:
        raise ValueError("need two groups")
    cell = np.bincount(4 * g + 2 * (y_true == 1) + (y_pred == 1), minlength=4 * names.size)
    tn, fp, fn, tp = cell.reshape(-1, 4).T
    with np.errstate(all="ignore"):
        return np.column_stack([(tp + fp) / (tn + fp + fn + tp), tp / (tp + fn), fp / (fp + tn)])


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
