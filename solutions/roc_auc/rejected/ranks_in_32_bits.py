"""Adds up doubled ranks in int32, which overflows from some 46,000 rows on; breaks "right up to the
rounding of n additions".

verdict: wrong_answer
property: test_the_cost_grows_like_that_of_sorting
"""

import numpy as np


def roc_auc(y_true, y_score):
    y = np.asarray(y_true, dtype=np.float64)
    s = np.asarray(y_score, dtype=np.float64)
    if y.ndim != 1 or s.ndim != 1 or len(y) != len(s):
        raise ValueError("y_true and y_score differ in length")
    if not ((y == 0) | (y == 1)).all():
        raise ValueError("labels must be 0 or 1")
    if not np.isfinite(s).all():
        raise ValueError("scores must be finite")
    pos = y == 1
    n_pos = int(pos.sum())
    n_neg = len(y) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("both labels are needed")
    _, group, counts = np.unique(s, return_inverse=True, return_counts=True)
    end = np.cumsum(counts)
    ranks2 = (2 * end - counts + 1).astype(np.int32)[group]  # twice the mean rank
    total = ranks2[pos].sum(dtype=np.int32)
    u2 = int(total) - n_pos * (n_pos + 1)
    return u2 / (2 * n_pos * n_neg)
