"""Correct, but without a seed it takes 42 instead of 0, so leaving the seed out is not the same as
seed=0 wherever the start decides about the end.

verdict: wrong_answer
property: test_the_default_seed_is_zero
"""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=42):
    X = np.asarray(X, dtype=float)
    if not 1 <= k <= len(X):
        raise ValueError("k must lie between 1 and the number of rows")
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    centroids = start(X, k, np.random.default_rng(seed))
    for _ in range(max_iter):
        labels = distances(X, centroids).argmin(axis=1)
        moved = centroids.copy()
        for j in np.unique(labels):
            moved[j] = X[labels == j].mean(axis=0)
        for j in set(range(k)) - set(labels.tolist()):
            moved[j] = X[distances(X, moved).min(axis=1).argmax()]
        if (moved == centroids).all():
            break
        centroids = moved
    return centroids, distances(X, centroids).argmin(axis=1)


def start(X, k, rng):
    centroids = X[[rng.integers(len(X))]]
    while len(centroids) < k:
        weights = distances(X, centroids).min(axis=1)
        total = weights.sum()
        row = rng.choice(len(X), p=weights / total) if total else 0
        centroids = np.vstack([centroids, X[row]])
    return centroids


def distances(X, centroids):
    return ((X[:, None] - centroids) ** 2).sum(axis=2)
