"""Moves as it must, and returns the labels from before the last move."""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    if not 1 <= k <= len(X) or not np.isfinite(X).all():
        raise ValueError("k or X is impossible")
    X = X.astype(float)
    chosen = [np.random.default_rng(seed).integers(len(X))]
    for _ in range(1, k):
        chosen.append(distances(X, X[chosen]).min(axis=1).argmax())
    centroids = X[chosen]
    for _ in range(max_iter):
        labels = distances(X, centroids).argmin(axis=1)
        before = centroids.copy()
        for j in range(k):
            if np.any(labels == j):
                centroids[j] = X[labels == j].mean(axis=0)
        if np.array_equal(before, centroids):
            break
    return centroids, labels


def distances(X, centroids):
    return ((X[:, None] - centroids) ** 2).sum(axis=2)
