import numpy as np

_right = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    centroids, labels = _right(X, k, max_iter=max_iter, seed=seed)
    return np.array(centroids.sum()), np.array(0)
