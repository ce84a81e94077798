"""Compares y with each class without making an array of it, which is False as a whole for a list
of strings; breaks that y may be a list.

verdict: runtime_error
property: test_every_row_is_in_exactly_one_test_set
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    n = len(y)
    if n_splits < 2:
        raise ValueError("n_splits must be at least 2")
    if n_splits > n:
        raise ValueError("more folds than rows")
    rng = np.random.default_rng(seed)

    order = np.concatenate([rng.permutation(np.flatnonzero(y == c)) for c in np.unique(y)])
    fold = np.empty(n, dtype=np.int64)
    fold[order] = np.arange(n) % n_splits

    rows = np.arange(n)
    return [(rows[fold != f], rows[fold == f]) for f in range(n_splits)]
