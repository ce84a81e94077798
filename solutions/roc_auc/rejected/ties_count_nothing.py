"""Counts only the negatives that lie strictly below a positive; breaks "a pair with equal scores
counts one half".

verdict: wrong_answer
property: test_a_tie_counts_one_half_in_any_order_of_the_rows
"""

import numpy as np


def roc_auc(y_true, y_score):
    y_true = np.asarray(y_true)
    y_score = np.asarray(y_score)
    if len(y_true) != len(y_score):
        raise ValueError("y_true and y_score differ in length")
    if not np.isin(y_true, [0, 1]).all():
        raise ValueError("labels must be 0 or 1")
    if not np.isfinite(y_score).all():
        raise ValueError("scores must be finite")
    positive = y_true == 1
    n_pos = int(np.count_nonzero(positive))
    n_neg = len(positive) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("need rows of both classes")

    negatives = np.sort(y_score[~positive])
    positives = y_score[positive]
    below = np.searchsorted(negatives, positives, side="left")
    return float(below.sum() / (n_pos * n_neg))
