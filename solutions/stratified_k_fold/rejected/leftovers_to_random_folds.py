"""Gives the leftovers of each class to folds that are drawn anew for each class; breaks "Each
test set holds floor(n / n_splits) or ceil(n / n_splits) rows in all".

verdict: wrong_answer
property: test_the_test_sets_are_equal_in_size_give_or_take_one
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
        smallest = rng.permutation(n_splits)
        counts[smallest[:left]] += 1
        size += counts
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
