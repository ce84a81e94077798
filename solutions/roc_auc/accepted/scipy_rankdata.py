"""Takes the average ranks from scipy.stats.rankdata, and compares the mean ranks of positives and
negatives, whose difference is n * (area - 1/2).

uses: scipy
"""

import numpy as np
from scipy.stats import rankdata


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

    ranks = rankdata(y_score)
    gap = ranks[positive].mean() - ranks[~positive].mean()
    return float(0.5 + gap / len(ranks))
