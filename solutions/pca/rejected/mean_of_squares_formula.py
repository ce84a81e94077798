"""Computes the covariance as the mean product minus the product of the means; breaks "a shift of
all rows by the same vector, as far as \"Size\" allows, changes none of the above".

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
        values, vectors = np.linalg.eigh((X.T @ X - n * np.outer(mean, mean)) / (n - 1))
        components = vectors[:, ::-1][:, :r].T.copy()
    else:
        values, vectors = np.linalg.eigh(centred @ centred.T / (n - 1))
        spread = centred.T @ vectors[:, ::-1][:, :r]
        components = np.linalg.qr(spread)[0].T.copy()
    variances = np.maximum(values[::-1][:r], 0.0)
    return mean, components, variances
