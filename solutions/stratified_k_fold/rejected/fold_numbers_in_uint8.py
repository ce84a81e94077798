"""Keeps the number of each row's fold in uint8, so that of more than 256 folds the first ones hold
the rows of the last ones, too; breaks "Each test set holds floor(n / n_splits) or ceil(n /
n_splits) rows in all".

verdict: wrong_answer
property: test_the_test_sets_are_equal_in_size_give_or_take_one
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.asarray(y)
    n = len(y)
    if n_splits < 2 or n_splits > n:
        raise ValueError("n_splits must be from 2 to n")
    rng = np.random.default_rng(seed)
    fold = np.empty(n, dtype=np.uint8)
    offset = 0
    for rows in _rows_by_class(y):
        rng.shuffle(rows)
        fold[rows] = (np.arange(len(rows)) + offset) % n_splits
        offset = (offset + len(rows)) % n_splits
    return [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(n_splits)]


def _rows_by_class(y):
    """The row numbers of each class, class after class."""
    _, counts = np.unique(y, return_counts=True)
    return np.split(np.argsort(y, kind="stable"), np.cumsum(counts)[:-1])
