"""Joins lists of row numbers with np.concatenate, where an empty list of a small class makes
floats of all; breaks "of any integer type" and the sentence on small classes.

verdict: wrong_answer
property: test_a_class_with_fewer_rows_than_folds_is_no_error
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.array(y)
    n = y.shape[0]
    if not 2 <= n_splits <= n:
        raise ValueError("n_splits must be from 2 to the number of rows")
    rng = np.random.RandomState(seed)
    test_of = [[] for _ in range(n_splits)]
    size = np.zeros(n_splits, dtype=int)

    order = np.argsort(y, kind="stable")
    starts = np.flatnonzero(np.append(True, y[order][1:] != y[order][:-1]))
    for rows in np.split(order, starts[1:]):
        rows = rng.permutation(rows)
        share, left = divmod(len(rows), n_splits)
        counts = np.full(n_splits, share)
        # the leftovers go to the smallest folds, by chance among equal ones
        smallest = np.lexsort((rng.rand(n_splits), size))
        counts[smallest[:left]] += 1
        size += counts
        ends = np.cumsum(counts)
        for f in range(n_splits):
            test_of[f].append(rows[ends[f] - counts[f] : ends[f]].tolist())

    folds = []
    for parts in test_of:
        test = np.sort(np.concatenate(parts))
        folds.append((np.setdiff1d(np.arange(n), test), test))
    return folds
