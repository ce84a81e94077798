"""Always builds the covariance of d x d numbers; breaks "make no table of d x d numbers".

verdict: memory_limit_exceeded
property: test_the_cost_grows_linearly_with_the_columns
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
    values, vectors = np.linalg.eigh(centred.T @ centred / (n - 1))
    components = vectors[:, ::-1][:, :r].T.copy()
    variances = np.maximum(values[::-1][:r], 0.0)
    return mean, components, variances
