"""Takes the first row for the mean where all rows are equal, in the type of X, which may be an
integer type; breaks "three float64 arrays".

verdict: wrong_answer
property: test_the_answer_has_the_promised_shapes_and_types
"""

import numpy as np


def _check(X, r):
    X = np.asarray(X)
    if X.ndim != 2:
        raise ValueError("X must be 2-D")
    n, d = X.shape
    if n < 2:
        raise ValueError("need two rows")
    if not 1 <= r <= min(n, d):
        raise ValueError("r out of range")
    if not np.isfinite(X).all():
        raise ValueError("NaN or infinity in X")
    return n, d


def pca(X, r):
    n, d = _check(X, r)
    X = np.asarray(X)
    if (X == X[0]).all():
        return X[0].copy(), np.eye(r, d), np.zeros(r)
    X = X.astype(np.float64)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:r], s[:r] ** 2 / (n - 1)
