"""Centres with the matrix that subtracts the mean, a table of n x n numbers; breaks "make no table
of n x n numbers either".

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
    centring = np.eye(n)
    centring -= 1 / n
    # Of equal numbers the matrix leaves a little, and the first row is as good as any origin.
    _, singular, directions = np.linalg.svd(centring @ (X - X[0]), full_matrices=False)
    return X.mean(axis=0), directions[:r].copy(), singular[:r] ** 2 / (n - 1)
