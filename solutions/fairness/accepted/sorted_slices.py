"""Sorts the rows by group and takes each group's slice, with prefix sums for the counts."""

import numpy as np


def group_rates(y_true, y_pred, groups):
    if np.shape(y_true) != np.shape(y_pred) or np.shape(y_true) != np.shape(groups):
        raise ValueError("shapes differ")
    for labels in (y_true, y_pred):
        if len(set(np.unique(labels).tolist()) - {0, 1}):
            raise ValueError("a label is neither 0 nor 1")
    order = np.argsort(groups, kind="stable")
    names = groups[order]
    starts = np.flatnonzero(np.append(True, names[1:] != names[:-1])) if len(names) else []
    if len(starts) < 2:
        raise ValueError("fewer than two groups")
    truth, said = y_true[order].astype(float), y_pred[order].astype(float)

    def sums(values):
        return np.add.reduceat(values, starts)

    parts = [np.ones(len(truth)), truth, 1.0 - truth]
    with np.errstate(invalid="ignore"):
        return np.stack([sums(part * said) / sums(part) for part in parts], axis=1)


def fairness(y_true, y_pred, groups):
    rates = group_rates(y_true, y_pred, groups)
    selection = rates[:, 0]
    spreads = []
    for column in (1, 2):
        known = rates[~np.isnan(rates[:, column]), column]
        if known.size > 1:
            spreads.append(np.ptp(known))
    return {
        "equalised_odds_difference": np.float64(max(spreads)) if spreads else np.float64("nan"),
        "disparate_impact": (
            np.float64(selection.min() / selection.max()) if selection.any() else float("nan")
        ),
        "demographic_parity_difference": np.ptp(selection),
    }
