"""Counts all groups at once only where their names are from 0 to the number of rows, else makes a
mask over all rows for each; breaks "do not go over all rows once for each group".

verdict: time_limit_exceeded
property: test_50_000_rows_in_5_000_groups_take_at_most_40_times_as_long_as_numbering_them
"""

import numpy as np


def _check(y_true, y_pred, groups):
    if not len(y_true) == len(y_pred) == len(groups):
        raise ValueError("lengths differ")
    for y in (y_true, y_pred):
        if not np.all((y == 0) | (y == 1)):
            raise ValueError("only 0 and 1 are allowed")


def _divide(a, b):
    with np.errstate(all="ignore"):
        return np.true_divide(a, b)


def group_rates(y_true, y_pred, groups):
    _check(y_true, y_pred, groups)
    t, p = y_true == 1, y_pred == 1
    if (
        groups.dtype.kind == "i"
        and groups.size
        and 0 <= groups.min()
        and groups.max() < groups.size
    ):

        def count(mask):
            return np.bincount(groups[mask], minlength=groups.max() + 1)

        rows, pos, sel, hit = count(slice(None)), count(t), count(p), count(t & p)
        keep = rows > 0
        rows, pos, sel, hit = rows[keep], pos[keep], sel[keep], hit[keep]
    else:
        masks = ((groups == name) for name in np.unique(groups))
        found = [(m.sum(), t[m].sum(), p[m].sum(), (t & p)[m].sum()) for m in masks]
        rows, pos, sel, hit = np.array(found).reshape(-1, 4).T
    if rows.size < 2:
        raise ValueError("need two groups")
    return np.column_stack([_divide(sel, rows), _divide(hit, pos), _divide(sel - hit, rows - pos)])


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
