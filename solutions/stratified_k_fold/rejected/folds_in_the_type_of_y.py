"""Keeps the number of each row's fold in the type of y, where it may wrap round; breaks "Every row
number is in exactly one of the n_splits test sets".

verdict: wrong_answer
property: test_every_row_is_in_exactly_one_test_set
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.asarray(y)
    n = len(y)
    if n_splits < 2 or n_splits > n:
        raise ValueError("n_splits")
    rng = np.random.default_rng(seed)
    fold = np.empty(n, dtype=np.int64 if y.dtype.kind == "U" else y.dtype)
    start = 0
    for c in np.unique(y):
        rows = np.flatnonzero(y == c)
        rng.shuffle(rows)
        fold[rows] = (start + np.arange(len(rows))) % n_splits
        start += len(rows)
    return [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(n_splits)]
