"""Counts the negatives below each positive in a pass of its own; breaks "Time grows no faster
than n * log(n)".

verdict: time_limit_exceeded
property: test_the_cost_grows_like_that_of_sorting
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

    wins = 0.0
    for score in y_score[positive]:
        wins += np.sum(~positive & (y_score < score)) + np.sum(~positive & (y_score == score)) / 2
    return float(wins / (n_pos * n_neg))
