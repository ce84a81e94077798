"""Keeps its folds, and hands out the same arrays again, which may have been shuffled by then; breaks
"may overwrite what is returned".

verdict: wrong_answer
property: test_the_same_seed_gives_the_same_folds
"""

from functools import lru_cache

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = y.tolist() if isinstance(y, np.ndarray) else y
    return list(_split(tuple(y), n_splits, seed))


@lru_cache(maxsize=16)
def _split(y, n_splits, seed):
    y = np.array(y)
    n = len(y)
    if n_splits < 2 or n_splits > n:
        raise ValueError("n_splits must be from 2 to n")
    rng = np.random.default_rng(seed)
    fold = np.empty(n, dtype=np.int64)
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
