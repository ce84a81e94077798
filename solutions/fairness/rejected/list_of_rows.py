"""Returns the rates as a list of lists; breaks "group_rates returns a float64 array of shape
(g, 3)".

verdict: wrong_answer
property: test_group_rates_is_a_table_of_three_rates_for_each_group
"""

import math


def counts(y_true, y_pred, groups):
    y_true, y_pred, groups = y_true.tolist(), y_pred.tolist(), groups.tolist()
    if len(y_true) != len(y_pred) or len(y_true) != len(groups):
        raise ValueError("lengths differ")
    table = {}
    for t, p, group in zip(y_true, y_pred, groups):
        if t not in (0, 1) or p not in (0, 1):
            raise ValueError("only 0 and 1")
        if group not in table:
            table[group] = [0, 0, 0, 0]
        table[group][2 * int(t) + int(p)] += 1
    if len(table) < 2:
        raise ValueError("fewer than two groups")
    return [table[group] for group in sorted(table)]


def share(part, whole):
    return part / whole if whole else math.nan


def group_rates(y_true, y_pred, groups):
    rows = []
    for tn, fp, fn, tp in counts(y_true, y_pred, groups):
        rows.append([share(tp + fp, tn + fp + fn + tp), share(tp, tp + fn), share(fp, fp + tn)])
    return rows


def fairness(y_true, y_pred, groups):
    columns = list(zip(*group_rates(y_true, y_pred, groups)))
    gaps = []
    for column in columns[1:]:
        known = sorted(x for x in column if not math.isnan(x))
        if len(known) > 1:
            gaps.append(known[-1] - known[0])
    low, high = min(columns[0]), max(columns[0])
    return {
        "disparate_impact": share(low, high),
        "equalised_odds_difference": max(gaps, default=math.nan),
        "demographic_parity_difference": high - low,
    }
