"""Takes the covariance from the differences of all rows to all others, which needs no mean; breaks
"the time grows in proportion to n". It keeps no table, so nothing but the clock tells.

verdict: time_limit_exceeded
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
    if d >= n:
        _, lengths, rows = np.linalg.svd(X - mean, full_matrices=False)
        return mean, rows[:r], lengths[:r] ** 2 / (n - 1)
    covariance = np.zeros((d, d))
    for row in X:
        differences = X - row
        covariance += differences.T @ differences
    values, vectors = np.linalg.eigh(covariance / (2 * n * (n - 1)))
    variances = np.maximum(values[::-1][:r], 0.0)
    return mean, vectors[:, ::-1][:, :r].T.copy(), variances
