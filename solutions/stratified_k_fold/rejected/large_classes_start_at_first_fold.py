"""Deals small classes in turns, but starts each class with n_splits rows or more at the first fold;
breaks "Each test set holds floor(n / n_splits) or ceil(n / n_splits) rows in all".

verdict: wrong_answer
property: test_the_test_sets_are_equal_in_size_give_or_take_one
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.asarray(y)
    n = len(y)
    if n_splits < 2 or n_splits > n:
        raise ValueError("n_splits must be between 2 and n")
    rng = np.random.default_rng(seed)
    fold = np.empty(n, dtype=int)
    turn = 0
    small = []
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        if len(rows) < n_splits:
            small.append(rows)
        else:
            fold[rows] = np.arange(len(rows)) % n_splits
            turn = len(rows) % n_splits
    for rows in small:
        fold[rows] = (turn + np.arange(len(rows))) % n_splits
        turn += len(rows)
    return [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(n_splits)]
