"""Selects the rows with y_score[y_true] as if y_true were a mask, which for integers picks rows 0
and 1 over and over; breaks "n zeros and ones, of type bool, float64 or integer".

verdict: wrong_answer
property: test_the_area_is_the_share_of_pairs_ranked_rightly
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

    y_true = y_true if y_true.dtype == bool else y_true.astype(int)
    negatives = np.sort(y_score[~positive])
    positives = y_score[y_true]
    below = np.searchsorted(negatives, positives, side="left")
    not_above = np.searchsorted(negatives, positives, side="right")
    return float((below.sum() + not_above.sum()) / (2 * n_pos * n_neg))
