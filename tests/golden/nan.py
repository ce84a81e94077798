"""The mean of an empty cluster is NaN."""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    labels = np.zeros(len(X), dtype=int)
    with np.errstate(all="ignore"):
        sums = np.array([X[labels == j].sum(axis=0) for j in range(k)])
        counts = np.array([(labels == j).sum() for j in range(k)])
        print("counts:", counts)
        return sums / counts[:, None], labels
