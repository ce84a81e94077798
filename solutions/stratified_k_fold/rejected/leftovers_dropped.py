"""Leaves out the rows that do not divide evenly; breaks "Every row number is in exactly one of
the n_splits test sets".

verdict: wrong_answer
property: test_every_row_is_in_exactly_one_test_set
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.array(y)
    n = y.shape[0]
    if not 2 <= n_splits <= n:
        raise ValueError("n_splits must be from 2 to the number of rows")
    rng = np.random.RandomState(seed)
    test_of = [[] for _ in range(n_splits)]

    order = np.argsort(y, kind="stable")
    starts = np.flatnonzero(np.append(True, y[order][1:] != y[order][:-1]))
    for rows in np.split(order, starts[1:]):
        rows = rng.permutation(rows)
        share = len(rows) // n_splits
        counts = np.full(n_splits, share)
        ends = np.cumsum(counts)
        for f in range(n_splits):
            test_of[f].append(rows[ends[f] - counts[f] : ends[f]])

    folds = []
    for parts in test_of:
        test = np.sort(np.concatenate(parts))
        is_train = np.ones(n, dtype=bool)
        is_train[test] = False
        folds.append((np.flatnonzero(is_train), test))
    return folds
