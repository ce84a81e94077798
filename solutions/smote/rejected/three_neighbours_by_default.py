"""Has 3 for the default of k, not 5.

verdict: wrong_answer
property: test_the_same_arguments_give_the_same_answer
"""

import numpy as np


def smote(X, y, *, k=3, seed=0):
    X, y = np.asarray(X, dtype=np.float64), np.asarray(y)
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} rows and y {len(y)} labels")
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    if not np.isfinite(X).all():
        raise ValueError("X must not hold NaN or infinity")

    rng = np.random.default_rng(seed)
    names, counts = np.unique(y, return_counts=True)
    missing = counts.max() - counts
    parts = [X]
    for name, count in zip(names, missing, strict=True):
        if count:
            parts.append(_between(X[y == name], count, k, rng))
    return np.vstack(parts), np.concatenate([y, np.repeat(names, missing)])


def _between(rows, count, k, rng):
    """New rows, each on the line from a row to one of its k nearest neighbours."""
    m = len(rows)
    if m == 1:
        raise ValueError("a class that needs new rows has only one row, and so no neighbour")
    near = _nearest(rows, min(k, m - 1))
    start = rng.integers(m, size=count)
    end = near[start, rng.integers(near.shape[1], size=count)]
    # One number for all coordinates of a row: one each would leave the line.
    place = rng.random((count, 1))
    return rows[start] + place * (rows[end] - rows[start])


def _nearest(rows, k):
    """The numbers of the k nearest other rows of each row."""
    squared = ((rows[:, np.newaxis, :] - rows) ** 2).sum(axis=2)
    # Not the first column after sorting: with equal rows that need not be the row itself.
    np.fill_diagonal(squared, np.inf)
    return np.argsort(squared, axis=1)[:, :k]
