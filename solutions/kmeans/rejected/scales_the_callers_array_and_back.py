"""Divides the rows by their norm in place, and multiplies them again at the end: X comes
back rounded.

verdict: wrong_answer
property: test_X_is_left_unchanged
"""

import numpy as np


def squared_distances(X, centroids):
    return np.stack([((X - c) ** 2).sum(axis=1) for c in centroids], axis=1)


def plus_plus(X, k, rng):
    centroids = [X[rng.integers(len(X))]]
    closest = ((X - centroids[0]) ** 2).sum(axis=1)
    while len(centroids) < k:
        total = closest.sum()
        i = rng.choice(len(X), p=closest / total) if total > 0 else rng.integers(len(X))
        centroids.append(X[i])
        closest = np.minimum(closest, ((X - X[i]) ** 2).sum(axis=1))
    return np.array(centroids)


def move(X, labels, centroids):
    moved = centroids.copy()
    counts = np.bincount(labels, minlength=len(centroids))
    for j in np.flatnonzero(counts):
        moved[j] = X[labels == j].mean(axis=0)
    for j in np.flatnonzero(counts == 0):
        # An empty cluster restarts at the point that is worst served so far.
        gap = squared_distances(X, moved[counts > 0]).min(axis=1)
        moved[j] = X[gap.argmax()]
        counts[j] = 1
    return moved


def kmeans(X, k, *, max_iter=300, seed=0):
    X = np.asarray(X, dtype=np.float64)
    if k < 1 or k > len(X):
        raise ValueError("k must be between 1 and the number of rows")
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    # Numbers of the size of one keep the squares from growing; undone at the end.
    size = np.linalg.norm(X) or 1.0
    X /= size
    rng = np.random.default_rng(seed)
    centroids = plus_plus(X, k, rng)
    labels = squared_distances(X, centroids).argmin(axis=1)
    for _ in range(max_iter):
        moved = move(X, labels, centroids)
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        labels = squared_distances(X, centroids).argmin(axis=1)
    X *= size
    centroids *= size
    return centroids, labels
