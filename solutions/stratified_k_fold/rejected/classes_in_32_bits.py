"""Takes integer classes in 32 bits; breaks "they may be any numbers that a type holds".

verdict: wrong_answer
property: test_classes_are_any_integers_of_any_type
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.asarray(y)
    if y.dtype.kind in "iu":
        y = y.astype(np.int32)
    n = len(y)
    if n_splits < 2 or n_splits > n:
        raise ValueError("n_splits")
    rng = np.random.default_rng(seed)
    fold = np.empty(n, dtype=np.int64)
    start = 0
    for c in np.unique(y):
        rows = np.flatnonzero(y == c)
        rng.shuffle(rows)
        fold[rows] = (start + np.arange(len(rows))) % n_splits
        start += len(rows)
    return [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(n_splits)]
