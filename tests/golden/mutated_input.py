"""Correct, but sorts the caller's rows."""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    points = X.astype(float)
    X.sort(axis=0)
    n = len(points)
    if not 1 <= k <= n or not np.isfinite(points).all():
        raise ValueError("k or X is impossible")
    centroids = points[[seed % n]]
    while len(centroids) < k:
        centroids = np.vstack(
            [centroids, points[distances(points, centroids).min(axis=1).argmax()]]
        )
    for _ in range(max_iter):
        labels = distances(points, centroids).argmin(axis=1)
        moved = centroids.copy()
        for j in range(k):
            if (labels == j).any():
                moved[j] = points[labels == j].mean(axis=0)
            else:
                moved[j] = points[distances(points, moved).min(axis=1).argmax()]
        if np.array_equal(moved, centroids):
            break
        centroids = moved
    return centroids, distances(points, centroids).argmin(axis=1)


def distances(points, centroids):
    return ((points[:, None, :] - centroids) ** 2).sum(axis=2)
