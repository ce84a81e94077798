"""Centres the inner products of the rows after computing them from X itself, which cancels far
from 0; breaks "a shift of all rows by the same vector ... changes none of the above".

verdict: wrong_answer
property: test_data_far_from_the_origin_have_the_same_variances
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
        inner = X @ X.T
        by_row = inner.mean(axis=0)
        inner = inner - by_row - by_row[:, None] + by_row.mean()
        values, vectors = np.linalg.eigh(inner / (n - 1))
        spread = centred.T @ vectors[:, ::-1][:, :r]
        components = np.linalg.qr(spread)[0].T.copy()
    variances = np.maximum(values[::-1][:r], 0.0)
    return mean, components, variances
