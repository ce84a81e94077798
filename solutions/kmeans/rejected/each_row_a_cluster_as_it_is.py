"""With k = n returns the rows as they are: right, but integers where X holds integers.

verdict: wrong_answer
property: test_centroids_and_labels_have_the_promised_shapes_and_types
"""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    given, X = X, np.array(X, dtype=np.float64)
    n = len(X)
    if not 1 <= k <= n:
        raise ValueError(f"k must be between 1 and the number of rows, {n}, not {k}")
    if not np.isfinite(X).all():
        raise ValueError("X must not hold NaN or infinity")
    if k == n:
        return given.copy(), np.arange(n)

    centroids = _spread_out_rows(X, k, np.random.default_rng(seed))
    labels = _nearest(X, centroids)[0]
    for _ in range(max_iter):
        centroids = _means(X, labels, centroids)
        # The labels are taken from the new centroids, so they fit what is returned even when
        # max_iter ends the loop.
        new_labels = _nearest(X, centroids)[0]
        if np.array_equal(new_labels, labels):
            break
        labels = new_labels
    return centroids, new_labels


def _nearest(X, centroids):
    """The number of the nearest centroid for each row, and the squared distance to it."""
    # Differences rather than |x|^2 - 2 x.c + |c|^2, which cancels far from the origin.
    squared = ((X[:, np.newaxis, :] - centroids) ** 2).sum(axis=2)
    labels = squared.argmin(axis=1)
    return labels, squared[np.arange(len(X)), labels]


def _spread_out_rows(X, k, rng):
    """k rows, each drawn in proportion to the squared distance from those before (k-means++)."""
    chosen = [rng.integers(len(X))]
    squared = ((X - X[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < k:
        total = squared.sum()
        # All rows lie on a centroid already when X has fewer than k distinct ones.
        chosen.append(rng.choice(len(X), p=squared / total) if total > 0 else chosen[0])
        squared = np.minimum(squared, ((X - X[chosen[-1]]) ** 2).sum(axis=1))
    return X[chosen]


def _means(X, labels, centroids):
    """The mean of each cluster; an empty one takes the point that fits worst where it is."""
    moved = centroids.copy()
    counts = np.bincount(labels, minlength=len(centroids))
    for j in np.flatnonzero(counts):
        moved[j] = X[labels == j].mean(axis=0)
    for j in np.flatnonzero(counts == 0):
        moved[j] = X[_nearest(X, moved)[1].argmax()]
    return moved
