"""Raises an error when a class has fewer rows than n_splits; breaks "that is no error, not even
when all classes are that small".

verdict: runtime_error
property: test_a_class_with_fewer_rows_than_folds_is_no_error
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
    if np.bincount(codes).min() < n_splits:
        raise ValueError("a class has fewer rows than there are folds")
    shuffled = rng.permutation(n)
    order = shuffled[np.argsort(codes[shuffled], kind="stable")]
    fold = np.empty(n, dtype=np.int64)
    fold[order] = np.arange(n) % n_splits

    rows = np.arange(n)
    return [(rows[fold != f], rows[fold == f]) for f in range(n_splits)]
