"""Shuffles anew for each of the folds, as a shuffle split does, so that test sets overlap; breaks
"Every row number is in exactly one of the n_splits test sets, and there once".

verdict: wrong_answer
property: test_every_row_is_in_exactly_one_test_set
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
    folds = []
    for f in range(n_splits):
        shuffled = rng.permutation(n)
        order = shuffled[np.argsort(codes[shuffled], kind="stable")]
        is_test = np.arange(n) % n_splits == f
        folds.append((order[~is_test], order[is_test]))
    return folds
