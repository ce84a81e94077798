"""Right in all that it returns, but takes every distance by itself, in two loops of Python.

verdict: time_limit_exceeded
property: test_2_000_rows_take_at_most_40_times_as_long_as_plain_numpy
"""

import numpy as np


def squared_distance(a, b):
    return ((a - b) ** 2).sum()


def nearest(X, centroids):
    labels = np.zeros(len(X), dtype=int)
    for i in range(len(X)):
        best = np.inf
        for j in range(len(centroids)):
            distance = squared_distance(X[i], centroids[j])
            if distance < best:
                best, labels[i] = distance, j
    return labels


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
        moved = centroids.copy()
        used = np.unique(labels)
        for j in used:
            points = X[labels == j]
            moved[j] = points[0] + (points - points[0]).mean(axis=0)
        filled = [moved[j] for j in used]
        for j in np.setdiff1d(np.arange(k), used):
            moved[j] = farthest(X, filled)
            filled.append(moved[j])
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        labels = nearest(X, centroids)
    return centroids, labels
