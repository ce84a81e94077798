"""Raises squared distances to 1e-12 at least, so that rows closer than that are all equally near;
breaks "the k at the smallest Euclidean distance from x".

verdict: wrong_answer
property: test_every_new_row_lies_between_a_row_and_a_near_neighbour
"""

import numpy as np


def _neighbours(points, k):
    """The k nearest other rows of each row."""
    square = np.einsum("ij,ij->i", points, points)
    d2 = square[:, None] - 2 * points @ points.T + square
    d2 = np.sqrt(np.maximum(d2, 1e-12))  # rounding may make it negative
    np.fill_diagonal(d2, np.inf)
    k = min(k, len(points) - 1)
    return np.argpartition(d2, k - 1, axis=1)[:, :k]


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
