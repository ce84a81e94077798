"""Expresses the rows in at most n coordinates, then updates mean and covariance row by row
(Welford) and takes the eigenvectors of the covariance."""

import numpy as np


def pca(X, r):
    X = np.asarray(X)
    if X.ndim != 2:
        raise ValueError("X must be two-dimensional")
    X = X.astype(np.float64)
    n, d = X.shape
    if n < 2:
        raise ValueError("fewer than two rows")
    if not 1 <= r <= min(n, d):
        raise ValueError("r out of range")
    if np.isnan(X).any() or np.isinf(X).any():
        raise ValueError("NaN or infinity")
    shifted = X - X[0]
    if d > n:
        basis, _ = np.linalg.qr(shifted.T)
        points = shifted @ basis
    else:
        basis = np.eye(d)
        points = shifted
    k = points.shape[1]
    centre = np.zeros(k)
    moments = np.zeros((k, k))
    for count, point in enumerate(points, start=1):
        delta = point - centre
        centre += delta / count
        moments += np.outer(delta, delta) * ((count - 1) / count)
    values, vectors = np.linalg.eigh(moments / (n - 1))
    best = np.argsort(values)[::-1][:r]
    mean = X[0] + basis @ centre
    return mean, (basis @ vectors[:, best]).T, values[best].clip(min=0)
