"""Farthest points as the start; sums by np.add.at of the rows less the mean of all, which is added
again afterwards.

So a centroid is right up to the rounding of the largest numbers in X, and not of its own.
"""

import numpy as np


def lengths(rows):
    return np.sqrt(np.einsum("ij,ij->i", rows, rows))


def distances(X, centroids):
    return np.stack([lengths(X - c) for c in centroids], axis=1)


def moved(X, labels, centroids):
    """The means of the rows; what has none moves to a row that is farthest from its own."""
    middle = X.mean(axis=0)
    sums = np.zeros_like(centroids)
    np.add.at(sums, labels, X - middle)
    counts = np.bincount(labels, minlength=len(centroids))
    new = centroids.copy()
    full = counts > 0
    new[full] = sums[full] / counts[full, np.newaxis] + middle
    gap = lengths(X - new[labels])
    for j in np.flatnonzero(~full):
        far = int(gap.argmax())
        if gap[far] > 0:
            new[j] = X[far]
            gap[far] = 0
    return new, full.all()


def kmeans(X, k, *, max_iter=300, seed=0):
    if not 1 <= k <= len(X):
        raise ValueError(f"k must be from 1 to {len(X)}, not {k}")
    X = np.array(X, dtype=float)
    if np.isnan(X).any() or np.isinf(X).any():
        raise ValueError("X must be finite")
    chosen = [seed % len(X)]
    gap = lengths(X - X[chosen[0]])
    while len(chosen) < k:
        chosen.append(int(gap.argmax()))
        gap = np.minimum(gap, lengths(X - X[chosen[-1]]))
    centroids = X[chosen]
    labels = distances(X, centroids).argmin(axis=1)
    for _ in range(max_iter):
        centroids, none_empty = moved(X, labels, centroids)
        before, labels = labels, distances(X, centroids).argmin(axis=1)
        if none_empty and (before == labels).all():
            break
    return centroids, labels
