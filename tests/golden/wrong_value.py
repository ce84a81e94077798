"""Takes the first k rows for centroids and never moves them."""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    if not 1 <= k <= len(X) or not np.isfinite(X).all():
        raise ValueError("k or X is impossible")
    centroids = np.unique(X.astype(float), axis=0)
    centroids = np.resize(centroids, (k, X.shape[1]))
    labels = ((X[:, None, :] - centroids) ** 2).sum(axis=2).argmin(axis=1)
    return centroids, labels
