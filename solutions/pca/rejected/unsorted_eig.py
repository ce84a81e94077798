"""Uses eig and takes its pairs in the order they come; breaks "from the largest to the smallest".

verdict: wrong_answer
property: test_no_other_directions_rebuild_the_rows_better
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
    if n > d:
        values, vectors = np.linalg.eig(centred.T @ centred / (n - 1))
        values, vectors = values.real, vectors.real
        components = np.linalg.qr(vectors[:, :r])[0].T.copy()
    else:
        values, vectors = np.linalg.eig(centred @ centred.T / (n - 1))
        values, vectors = values.real, vectors.real
        spread = centred.T @ vectors[:, :r]
        components = np.linalg.qr(spread)[0].T.copy()
    variances = np.maximum(values[:r], 0.0)
    return mean, components, variances
