"""Returns the labels as a column."""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    return X[:k].astype(float), np.zeros((len(X), 1), dtype=int)
