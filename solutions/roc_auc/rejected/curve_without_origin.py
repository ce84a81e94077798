"""Starts the curve at the highest score instead of (0, 0), and loses the area of its group;
breaks the area as "the share of the pairs".

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

    order = np.argsort(y_score, kind="stable")[::-1]
    scores = y_score[order]
    hits = positive[order]
    last_of_group = np.append(np.flatnonzero(scores[1:] != scores[:-1]), len(scores) - 1)
    tps = np.cumsum(hits)[last_of_group]
    fps = np.cumsum(~hits)[last_of_group]
    tpr = tps / n_pos
    fpr = fps / n_neg
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))
