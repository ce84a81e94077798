"""Draws the curve at 1,000 evenly spaced thresholds between the extreme scores; breaks "the
smallest difference decides a pair" and "Ranks only".

verdict: wrong_answer
property: test_every_distinct_score_counts_among_many_rows
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

    thresholds = np.linspace(y_score.max(), y_score.min(), 1000)
    pos = np.sort(y_score[positive])
    neg = np.sort(y_score[~positive])
    tps = n_pos - np.searchsorted(pos, thresholds)
    fps = n_neg - np.searchsorted(neg, thresholds)
    tpr = np.concatenate([[0.0], tps / n_pos])
    fpr = np.concatenate([[0.0], fps / n_neg])
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))
