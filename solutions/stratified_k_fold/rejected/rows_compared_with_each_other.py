"""Compares all rows with all test rows in one table of n by n / n_splits; breaks "Time and memory
grow in proportion to n, or n * log(n)".

verdict: time_limit_exceeded
property: test_the_cost_grows_like_that_of_sorting
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.asarray(y)
    n = len(y)
    if n_splits < 2:
        raise ValueError("n_splits must be at least 2")
    if n_splits > n:
        raise ValueError("more folds than rows")
    rng = np.random.default_rng(seed)

    classes, codes = np.unique(y, return_inverse=True)
    shuffled = rng.permutation(n)
    order = shuffled[np.argsort(codes[shuffled], kind="stable")]
    fold = np.empty(n, dtype=np.int64)
    fold[order] = np.arange(n) % n_splits

    rows = np.arange(n)
    folds = []
    for f in range(n_splits):
        test = np.flatnonzero(fold == f)
        folds.append((rows[~(rows[:, None] == test).any(axis=1)], test))
    return folds
