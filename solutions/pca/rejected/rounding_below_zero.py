"""Returns the eigenvalues as eigh gives them; breaks "It is never negative, not even by rounding".

verdict: wrong_answer
property: test_the_variances_descend_and_are_never_negative
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
        values, vectors = np.linalg.eigh(centred.T @ centred / (n - 1))
        components = vectors[:, ::-1][:, :r].T.copy()
    else:
        values, vectors = np.linalg.eigh(centred @ centred.T / (n - 1))
        spread = centred.T @ vectors[:, ::-1][:, :r]
        components = np.linalg.qr(spread)[0].T.copy()
    variances = values[::-1][:r]
    return mean, components, variances
