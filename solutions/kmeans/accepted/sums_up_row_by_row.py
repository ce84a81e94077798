"""Visits the rows one by one, but no pair of row and centroid: a few calls of NumPy for a row's distances, and
for the sum of its cluster.
"""

import numpy as np


def nearest(X, centroids):
    return np.array([np.argmin(np.linalg.norm(row - centroids, axis=1)) for row in X])


def farthest(X, centroids):
    gap = np.min([((X - c) ** 2).sum(axis=1) for c in centroids], axis=0)
    return X[gap.argmax()]


def kmeans(X, k, *, max_iter=300, seed=0):
    X = np.array(X, dtype=np.float64)
    if k < 1 or k > len(X):
        raise ValueError("k must be between 1 and the number of rows")
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    centroids = [X[np.random.default_rng(seed).integers(len(X))]]
    while len(centroids) < k:
        centroids.append(farthest(X, centroids))
    centroids = np.array(centroids)
    labels = nearest(X, centroids)
    for _ in range(max_iter):
        sums, counts = np.zeros_like(centroids), np.zeros(k)
        for row, label in zip(X, labels):
            sums[label] = np.add(sums[label], row)
            counts[label] += 1
        moved = centroids.copy()
        used = np.flatnonzero(counts)
        moved[used] = sums[used] / counts[used, np.newaxis]
        filled = [moved[j] for j in used]
        for j in np.flatnonzero(counts == 0):
            moved[j] = farthest(X, filled)
            filled.append(moved[j])
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        labels = nearest(X, centroids)
    return centroids, labels
