"""Takes the mean of every cluster, empty or not. With fewer distinct rows than k the centroids of the empty clusters
become NaN.

verdict: wrong_answer
property: test_centroids_and_labels_have_the_promised_shapes_and_types
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
    with np.errstate(all="ignore"):
        sums = np.stack([X[labels == j].sum(axis=0) for j in range(len(centroids))])
        counts = np.bincount(labels, minlength=len(centroids))
        moved = sums / counts[:, None]
    return moved


def kmeans(X, k, *, max_iter=300, seed=0):
    X = np.array(X, dtype=np.float64)
    if k < 1 or k > len(X):
        raise ValueError("k must be between 1 and the number of rows")
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    rng = np.random.default_rng(seed)
    centroids = plus_plus(X, k, rng)
    labels = np.nan_to_num(squared_distances(X, centroids), nan=np.inf).argmin(axis=1)
    for _ in range(max_iter):
        moved = move(X, labels, centroids)
        if np.array_equal(moved, centroids, equal_nan=True):
            break
        centroids = moved
        labels = np.nan_to_num(squared_distances(X, centroids), nan=np.inf).argmin(axis=1)
    return centroids, labels
