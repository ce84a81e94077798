import numpy as np

KEPT = []
_lean = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    KEPT.append(np.ones(300 << 17))
    return _lean(X, k, max_iter=max_iter, seed=seed)
