"""Wraps sklearn.metrics.roc_auc_score, on the numbers of the distinct scores instead of the
scores, and adds the errors that it does not raise.

uses: sklearn scipy
"""

import numpy as np
from sklearn.metrics import roc_auc_score


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

    numbers = np.unique(y_score, return_inverse=True)[1]
    return float(roc_auc_score(positive.astype(int), numbers))
