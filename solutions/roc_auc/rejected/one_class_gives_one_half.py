"""Answers 0.5 when all rows have the same label; breaks "ValueError ... when there is no positive
or no negative row".

verdict: wrong_answer
property: test_impossible_arguments_are_refused
"""

import numpy as np

COMPLEXITY = "O(n * log(n))"


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
        return 0.5

    values, group = np.unique(y_score, return_inverse=True)
    pos = np.bincount(group[positive], minlength=len(values))
    neg = np.bincount(group[~positive], minlength=len(values))
    neg_below = np.cumsum(neg) - neg
    wins = np.sum(pos * neg_below) + np.sum(pos * neg) / 2
    return float(wins / (n_pos * n_neg))
