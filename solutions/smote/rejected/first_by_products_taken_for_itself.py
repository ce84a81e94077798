"""Skips the first by distances from products, which far from the origin need not be the row itself;
breaks "of the other given rows of the class".

verdict: wrong_answer
property: test_rows_neighbours_and_places_are_drawn_evenly
"""

import numpy as np


def _neighbours(points, k):
    """The k nearest other rows of each row."""
    square = np.einsum("ij,ij->i", points, points)
    d2 = square[:, None] - 2 * points @ points.T + square
    return np.argsort(d2, axis=1)[:, 1 : k + 1]  # the nearest is the row itself


def smote(X, y, *, k=5, seed=0):
    if len(X) != len(y):
        raise ValueError("X and y differ in length")
    if k < 1:
        raise ValueError("k must be at least 1")
    data = X.astype(np.float64)
    if not np.isfinite(data).all():
        raise ValueError("X holds a NaN or an infinity")
    labels, counts = np.unique(y, return_counts=True)
    rng = np.random.default_rng(seed)
    rows, names = [data], [y]
    for label, count in zip(labels, counts):
        missing = counts.max() - count
        if missing == 0:
            continue
        if count == 1:
            raise ValueError("a class of one row has no neighbours")
        points = data[y == label]
        near = _neighbours(points, k)
        i = rng.integers(count, size=missing)
        j = near[i, rng.integers(near.shape[1], size=missing)]
        u = rng.random((missing, 1))
        rows.append(points[i] + u * (points[j] - points[i]))
        names.append(np.repeat(label, missing))
    return np.concatenate(rows), np.concatenate(names)
