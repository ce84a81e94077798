"""Gives equal scores different ranks in the order of the rows; breaks "The order of the rows
makes no difference" and the half for ties.

verdict: wrong_answer
property: test_a_tie_counts_one_half_in_any_order_of_the_rows
"""

import numpy as np


def midranks(scores):
    order = np.argsort(scores, kind="mergesort")
    ordered = scores[order]
    ranks = np.empty(len(ordered))
    ranks[order] = np.arange(1, len(scores) + 1)
    return ranks


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

    rank_sum = midranks(y_score)[positive].sum()
    return float((rank_sum - n_pos * (n_pos + 1) / 2) / (n_pos * n_neg))
