"""Has the precision in column 1 of the table: it divides by those who were predicted 1. The gaps are
computed from masks of their own and are right.

verdict: wrong_answer
property: test_the_true_positive_rate_is_a_share_of_the_positives
"""

import numpy as np
import pandas as pd


def check(y_true, y_pred, groups):
    if not len(y_true) == len(y_pred) == len(groups):
        raise ValueError("y_true, y_pred and groups must have the same length")
    for labels in (y_true, y_pred):
        if not np.isin(labels, [0, 1]).all():
            raise ValueError("labels must be 0 or 1")
    if len(set(groups.tolist())) < 2:
        raise ValueError("there must be two groups or more")


def group_rates(y_true, y_pred, groups):
    check(y_true, y_pred, groups)
    _, group = np.unique(groups, return_inverse=True)
    table = pd.DataFrame({"group": group, "truth": y_true == 1, "said": y_pred == 1})
    selection = table.groupby("group")["said"].mean()
    precision = table[table["said"]].groupby("group")["truth"].mean()
    false_alarms = table[~table["truth"]].groupby("group")["said"].mean()
    columns = [rate.reindex(selection.index) for rate in (selection, precision, false_alarms)]
    return np.column_stack(columns).astype(np.float64)


def fairness(y_true, y_pred, groups):
    check(y_true, y_pred, groups)
    selection, gaps = [], []
    for truth in (None, 1, 0):
        rates = []
        for group in np.unique(groups):
            rows = groups == group
            if truth is not None:
                rows = rows & (y_true == truth)
            if rows.any():
                rates.append(float(np.mean(y_pred[rows] == 1)))
        if truth is None:
            selection = rates
        elif len(rates) > 1:
            gaps.append(max(rates) - min(rates))
    nobody = max(selection) == 0
    return {
        "demographic_parity_difference": max(selection) - min(selection),
        "disparate_impact": float("nan") if nobody else min(selection) / max(selection),
        "equalised_odds_difference": max(gaps, default=float("nan")),
    }
