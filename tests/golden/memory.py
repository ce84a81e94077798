"""Asks for a table of 64 GiB."""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    table = np.zeros((2**33, k))
    return X[:k].astype(float), table.argmin(axis=1)[: len(X)]
