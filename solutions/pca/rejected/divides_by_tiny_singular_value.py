"""Scales the directions from the small table of rows by one over the singular values, which is
noise or NaN where they are 0; breaks "also where the rows span fewer than r directions".

verdict: wrong_answer
property: test_the_components_are_orthonormal
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
        scale = np.sqrt(np.maximum(values[::-1][:r], 0.0) * (n - 1))
        components = (spread / scale).T.copy()
    variances = np.maximum(values[::-1][:r], 0.0)
    return mean, components, variances
