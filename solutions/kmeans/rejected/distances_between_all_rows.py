"""Has the distances between all rows at hand for its seeding, a table of n by n.

verdict: memory_limit_exceeded
property: test_the_cost_grows_linearly_with_the_rows
"""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    X = np.array(X, dtype=np.float64)
    if k < 1 or k > len(X):
        raise ValueError("k must be between 1 and the number of rows")
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    between = sum((column[:, None] - column[None, :]) ** 2 for column in X.T)
    rows = [int(np.random.default_rng(seed).integers(len(X)))]
    while len(rows) < k:
        rows.append(int(between[rows].min(axis=0).argmax()))
    centroids = X[rows]
    labels = nearest(X, centroids)
    for _ in range(max_iter):
        moved = move(X, labels, centroids)
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        labels = nearest(X, centroids)
    return centroids, labels


def gaps(X, centroids):
    return np.stack([((X - c) ** 2).sum(axis=1) for c in centroids], axis=1)


def nearest(X, centroids):
    return gaps(X, centroids).argmin(axis=1)


def move(X, labels, centroids):
    moved = centroids.copy()
    used = np.unique(labels)
    for j in used:
        points = X[labels == j]
        moved[j] = points[0] + (points - points[0]).mean(axis=0)
    filled = [moved[j] for j in used]
    for j in np.setdiff1d(np.arange(len(centroids)), used):
        moved[j] = X[gaps(X, filled).min(axis=1).argmax()]
        filled.append(moved[j])
    return moved
