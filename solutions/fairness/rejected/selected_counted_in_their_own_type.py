"""Counts those selected with np.add.at in the dtype of y_pred, where more than 127 or 255 of a
group, with the same y_true, do not fit; breaks "share of y_pred = 1 among those with y_true = 1"
for "any integer type".

verdict: wrong_answer
property: test_the_true_positive_rate_is_a_share_of_the_positives
"""

import numpy as np


def _check(y_true, y_pred, groups):
    y_true, y_pred, groups = np.asarray(y_true), np.asarray(y_pred), np.asarray(groups)
    if not len(y_true) == len(y_pred) == len(groups):
        raise ValueError("lengths differ")
    for y in (y_true, y_pred):
        if not np.all((y == 0) | (y == 1)):
            raise ValueError("only 0 and 1 are allowed")
    names, place = np.unique(groups, return_inverse=True)
    if len(names) < 2:
        raise ValueError("need at least two groups")
    if y_pred.dtype == bool:
        y_pred = y_pred.astype(int)
    return y_true == 1, y_pred, names, place.reshape(-1)


def group_rates(y_true: np.ndarray, y_pred: np.ndarray, groups: np.ndarray) -> np.ndarray:
    true, pred, names, place = _check(y_true, y_pred, groups)
    g = len(names)
    hits = np.zeros((2, g), dtype=pred.dtype)
    np.add.at(hits, (true.astype(int), place), pred)
    positive, everyone = (
        np.bincount(place, weights=true, minlength=g),
        np.bincount(place, minlength=g),
    )
    chosen = np.column_stack([hits[0].astype(float) + hits[1], hits[1], hits[0]])
    rows = np.column_stack([everyone, positive, everyone - positive])
    return np.where(rows > 0, chosen / np.maximum(rows, 1), np.nan)


def _gap(rates):
    rates = rates[~np.isnan(rates)]
    return rates.max() - rates.min() if len(rates) > 1 else np.nan


def fairness(y_true: np.ndarray, y_pred: np.ndarray, groups: np.ndarray) -> dict[str, float]:
    rates = group_rates(y_true, y_pred, groups)
    high, low = rates[:, 0].max(), rates[:, 0].min()
    gaps = [g for g in (_gap(rates[:, 1]), _gap(rates[:, 2])) if not np.isnan(g)]
    return {
        "demographic_parity_difference": float(high - low),
        "disparate_impact": float(low / high) if high > 0 else float("nan"),
        "equalised_odds_difference": float(max(gaps)) if gaps else float("nan"),
    }
