"""Stops as soon as no centroid moves by a billionth, whatever the size of the data. Of tiny points none ever does.

verdict: wrong_answer
property: test_the_default_max_iter_runs_to_convergence
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
    X = np.array(X, dtype=np.float64)
    if k < 1 or k > len(X):
        raise ValueError("k must be between 1 and the number of rows")
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    rng = np.random.default_rng(seed)
    centroids = plus_plus(X, k, rng)
    labels = squared_distances(X, centroids).argmin(axis=1)
    for _ in range(max_iter):
        moved = move(X, labels, centroids)
        if np.abs(moved - centroids).max() < 1e-9:
            break
        centroids = moved
        labels = squared_distances(X, centroids).argmin(axis=1)
    return centroids, labels
