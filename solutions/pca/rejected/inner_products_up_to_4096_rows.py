"""Builds the inner products of all rows with each other wherever they fit into the memory; breaks
"make no table of n x n numbers either".

verdict: memory_limit_exceeded
property: test_the_cost_grows_linearly_with_the_rows
"""

import numpy as np


def pca(X: np.ndarray, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    X = np.asarray(X, dtype=float)
    if X.ndim != 2:
        raise ValueError("X must have two dimensions")
    n, d = X.shape
    if n < 2:
        raise ValueError("X needs at least two rows")
    if r < 1 or r > min(n, d):
        raise ValueError("r must lie between 1 and min(n, d)")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    mean = X.mean(axis=0)
    centred = X - mean
    if n > 4096:
        _, lengths, rows = np.linalg.svd(centred, full_matrices=False)
        return mean, rows[:r], lengths[:r] ** 2 / (n - 1)
    values, vectors = np.linalg.eigh(centred @ centred.T / (n - 1))
    spread = centred.T @ vectors[:, ::-1][:, :r]
    components = np.linalg.qr(spread)[0].T.copy()
    variances = np.maximum(values[::-1][:r], 0.0)
    return mean, components, variances
