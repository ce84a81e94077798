"""Goes over all rows once for each group, which takes O(n * g).

verdict: time_limit_exceeded
property: test_50_000_rows_in_5_000_groups_take_at_most_40_times_as_long_as_numbering_them
"""

import numpy as np


def group_rates(y_true, y_pred, groups):
    y_true, y_pred, groups = np.asarray(y_true), np.asarray(y_pred), np.asarray(groups)
    if not len(y_true) == len(y_pred) == len(groups):
        raise ValueError(f"lengths differ: {len(y_true)}, {len(y_pred)} and {len(groups)}")
    for name, labels in (("y_true", y_true), ("y_pred", y_pred)):
        # NaN equals neither, so it is refused as well.
        if not np.all((labels == 0) | (labels == 1)):
            raise ValueError(f"{name} must hold only 0 and 1")
    names, member = np.unique(groups, return_inverse=True)
    if len(names) < 2:
        raise ValueError(f"two groups are needed to compare, not {len(names)}")

    positive, selected = y_true == 1, y_pred == 1
    parts = [np.ones(len(member), dtype=bool), positive, ~positive]
    rates = np.full((len(names), 3), np.nan)
    for row, name in enumerate(names):
        inside = groups == name
        for column, part in enumerate(parts):
            people = inside & part
            if people.any():
                rates[row, column] = selected[people].mean()
    return rates


def fairness(y_true, y_pred, groups):
    selection, true_positive, false_positive = group_rates(y_true, y_pred, groups).T
    lowest, highest = selection.min(), selection.max()
    # fmax takes the other number where one is NaN.
    odds = np.fmax(_gap(true_positive), _gap(false_positive))
    return {
        "demographic_parity_difference": float(highest - lowest),
        "disparate_impact": float(lowest / highest) if highest > 0 else float("nan"),
        "equalised_odds_difference": float(odds),
    }


def _gap(rates):
    """Highest less lowest of the rates that are defined; NaN where fewer than two are."""
    known = rates[~np.isnan(rates)]
    return known.max() - known.min() if len(known) > 1 else np.nan
