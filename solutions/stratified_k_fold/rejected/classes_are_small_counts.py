"""Loops over range(y.max() + 1) for the classes, which loses negative ones and fails for strings;
breaks "Classes need not be 0, 1, 2, ...".

verdict: runtime_error
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

    order = []
    for c in range(y.max() + 1):
        order.extend(rng.permutation(np.flatnonzero(y == c)))
    fold = np.empty(n, dtype=np.int64)
    fold[order] = np.arange(n) % n_splits

    rows = np.arange(n)
    return [(rows[fold != f], rows[fold == f]) for f in range(n_splits)]
