"""SciPy's eigh for just the r largest eigenvalues of the smaller of covariance and doubly
centred inner products, directions orthonormal by SciPy's orth-like QR.

uses: scipy.linalg
"""

import numpy as np
from scipy import linalg


def pca(X, r):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.shape[0] < 2:
        raise ValueError("X must be 2-D with two rows or more")
    n, d = X.shape
    if r < 1 or r > min(n, d):
        raise ValueError("r must be in 1 .. min(n, d)")
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    shifted = X - X[0]
    mean = X[0] + shifted.mean(axis=0)
    if d <= n:
        inner = np.cov(shifted, rowvar=False).reshape(d, d)
        _, vectors = linalg.eigh(inner, subset_by_index=[d - r, d - 1])
        directions = vectors[:, ::-1]
    else:
        inner = shifted @ shifted.T
        by_row = inner.mean(axis=0)
        inner = inner - by_row - by_row[:, None] + by_row.mean()
        _, vectors = linalg.eigh(inner, subset_by_index=[n - r, n - 1])
        directions, _ = linalg.qr((X - mean).T @ vectors[:, ::-1], mode="economic")
    scores = (X - mean) @ directions
    return mean, directions.T.copy(), (scores * scores).sum(axis=0) / (n - 1)
