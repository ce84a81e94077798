"""Compares labels with 0 and 1 to a tolerance, so that 1.000001 and 1e-9 pass for labels; breaks
"ValueError ... when a label is a number other than 0 and 1".

verdict: wrong_answer
property: test_impossible_arguments_are_refused
"""

import numpy as np


def roc_auc(y_true, y_score):
    y, s = np.asarray(y_true), np.asarray(y_score)
    if len(y) != len(s):
        raise ValueError("y_true and y_score differ in length")
    if not np.all(np.isclose(y, 0) | np.isclose(y, 1)):
        raise ValueError("labels must be 0 or 1")
    if not np.all(np.isfinite(s)):
        raise ValueError("scores must be finite")
    n_pos = int(np.count_nonzero(np.isclose(y, 1)))
    n_neg = len(y) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("both classes are needed")
    order = np.argsort(s, kind="stable")
    s, y = s[order], np.isclose(y[order], 1)
    last = np.append(np.flatnonzero(s[1:] != s[:-1]), len(s) - 1)
    pos = np.diff(np.cumsum(y)[last], prepend=0)
    neg = np.diff(np.cumsum(~y)[last], prepend=0)
    below = np.cumsum(neg) - neg
    return float(np.sum(pos * (below + 0.5 * neg)) / (n_pos * n_neg))
