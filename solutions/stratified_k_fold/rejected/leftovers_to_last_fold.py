"""Gives floor(m / n_splits) rows of a class to each fold and all the rest to the last one; breaks
"each test set holds either floor(m / n_splits) or ceil(m / n_splits)".

verdict: wrong_answer
property: test_each_test_set_has_its_share_of_every_class
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
        share, left = divmod(len(rows), n_splits)
        counts = np.full(n_splits, share)
        counts[-1] += left
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
