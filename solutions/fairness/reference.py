"""Counts by group with bincount, then gaps among the groups that have a rate."""

import numpy as np


def group_rates(y_true, y_pred, groups):
    if not len(y_true) == len(y_pred) == len(groups):
        raise ValueError(f"lengths differ: {len(y_true)}, {len(y_pred)} and {len(groups)}")
    for labels in (y_true, y_pred):
        # NaN equals neither, so it is refused as well.
        if not np.all((labels == 0) | (labels == 1)):
            raise ValueError("y_true and y_pred must hold only 0 and 1")
    names, member = np.unique(groups, return_inverse=True)
    if len(names) < 2:
        raise ValueError(f"two groups are needed to compare, not {len(names)}")

    def count(people):
        return np.bincount(member[people], minlength=len(names))

    positive, selected = y_true == 1, y_pred == 1
    parts = [np.ones(len(member), dtype=bool), positive, ~positive]
    return np.column_stack([_ratio(count(part & selected), count(part)) for part in parts])


def fairness(y_true, y_pred, groups):
    selection, true_positive, false_positive = group_rates(y_true, y_pred, groups).T
    lowest, highest = selection.min(), selection.max()
    # fmax takes the other number where one is NaN.
    odds = np.fmax(_gap(true_positive), _gap(false_positive))
    return {
        "demographic_parity_difference": float(highest - lowest),
        "disparate_impact": float(_ratio(lowest, highest)),
        "equalised_odds_difference": float(odds),
    }


def _ratio(part, whole):
    """part / whole, NaN where whole is 0; a quiet NaN instead of a warning about 0 / 0."""
    return part / np.where(whole == 0, np.nan, whole)


def _gap(rates):
    """Highest less lowest of the rates that are defined; NaN where fewer than two are."""
    known = rates[~np.isnan(rates)]
    return known.max() - known.min() if len(known) > 1 else np.nan
