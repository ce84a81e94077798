"""Sums the covariance block by block and takes from each block its own mean, so that what lies
between the blocks is lost; breaks "variances[i] is the variance of the scores in column i".

verdict: wrong_answer
property: test_each_variance_is_that_of_the_scores
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


BLOCK = 2048


def pca(X, r):
    n, d = _check(X, r)
    X = np.asarray(X)
    if d > n:
        X = X.astype(np.float64)
        mean = X.mean(axis=0)
        _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
        return mean, Vt[:r], s[:r] ** 2 / (n - 1)
    # tall data: stream over the rows, never a float copy of everything
    total = np.zeros(d)
    scatter = np.zeros((d, d))
    for start in range(0, n, BLOCK):
        block = X[start : start + BLOCK].astype(np.float64)
        total += block.sum(axis=0)
        block -= block.mean(axis=0)
        scatter += block.T @ block
    lam, V = np.linalg.eigh(scatter / (n - 1))
    return total / n, V[:, ::-1].T[:r].copy(), np.maximum(lam[::-1][:r], 0.0)
