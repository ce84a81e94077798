"""Seeds a generator for each class with its absolute value, as seeds are never negative, so that
the classes -1 and 1 are dealt alike; breaks "and independently of the other classes".

verdict: wrong_answer
property: test_rows_are_dealt_at_random_and_each_class_by_itself
"""

import zlib

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.asarray(y)
    n = len(y)
    if n_splits < 2 or n_splits > n:
        raise ValueError("n_splits must be from 2 to n")
    fold = np.empty(n, dtype=np.int64)
    offset = 0
    for rows in _rows_by_class(y):
        c = y[rows[0]]
        key = (
            zlib.crc32(c.encode()) if isinstance(c, str) else abs(int(c))
        )  # seeds are never negative
        np.random.default_rng([seed, key]).shuffle(rows)
        fold[rows] = (np.arange(len(rows)) + offset) % n_splits
        offset = (offset + len(rows)) % n_splits
    return [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(n_splits)]


def _rows_by_class(y):
    """The row numbers of each class, class after class."""
    _, counts = np.unique(y, return_counts=True)
    return np.split(np.argsort(y, kind="stable"), np.cumsum(counts)[:-1])
