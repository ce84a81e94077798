"""Sorts by class + a random number below 1 in float64, which has no room for the random part of
large classes and merges neighbours; breaks "Integer arrays come in the NumPy types int8 to
int64".

verdict: wrong_answer
property: test_classes_are_any_integers_of_any_type
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

    if y.dtype.kind in "iu":
        codes = y
    else:
        codes = np.unique(y, return_inverse=True)[1]
    order = np.argsort(codes + rng.random(n))
    fold = np.empty(n, dtype=np.int64)
    fold[order] = np.arange(n) % n_splits

    rows = np.arange(n)
    return [(rows[fold != f], rows[fold == f]) for f in range(n_splits)]
