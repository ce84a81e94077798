"""The Mann-Whitney statistic: sort the rows, and add up, group by group, what each one beats."""

import numpy as np


def roc_auc(y_true, y_score):
    y_true, y_score = np.asarray(y_true), np.asarray(y_score)
    if y_true.shape != y_score.shape:
        raise ValueError(f"y_true has {len(y_true)} rows, but y_score has {len(y_score)}")
    if not np.isin(y_true, (0, 1)).all():
        raise ValueError("labels must be 0 or 1")
    if not np.isfinite(y_score).all():
        raise ValueError("scores must not be NaN or infinite")

    # Rows with one score form a group; the groups are numbered from the lowest score on. From
    # here on only these numbers count, so neither the type nor the size of scores matters.
    groups, group_of = np.unique(y_score, return_inverse=True)
    positives = np.bincount(group_of[y_true == 1], minlength=len(groups))
    negatives = np.bincount(group_of[y_true == 0], minlength=len(groups))
    pairs = positives.sum() * negatives.sum()
    if pairs == 0:
        raise ValueError("there must be a positive and a negative row")

    # A positive beats the negatives of lower groups, and half beats those of its own. Twice that
    # is a whole number, so nothing is rounded before the division.
    lower = np.cumsum(negatives) - negatives
    return float((positives * (2 * lower + negatives)).sum() / (2 * pairs))
