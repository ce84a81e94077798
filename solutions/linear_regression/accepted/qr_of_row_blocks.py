"""Reads the rows in blocks and folds each into a small triangle (TSQR).

X and y are reduced together as one table; only the final triangle, never taller
than d + 1, meets an SVD, and no Q is ever formed.
"""

import numpy as np
from numpy.linalg import qr, svd


class _Triangle:
    """The R factor of all the rows seen so far."""

    def __init__(self, width):
        self.R = np.empty((0, width))

    def absorb(self, rows):
        self.R = qr(np.concatenate([self.R, rows]), mode="r")


class LinearRegression:
    block = 128

    def fit(self, X, y):
        X, y = np.asarray(X), np.asarray(y)
        if X.ndim != 2:
            raise ValueError("X must be a two-dimensional array")
        n, d = X.shape
        if y.shape != (n,):
            raise ValueError("X and y disagree about the number of rows")
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("input holds NaN or infinity")

        table = np.column_stack([X.astype(np.float64), y.astype(np.float64)])
        size = np.abs(table).max(axis=0)
        mean = table.mean(axis=0)
        table -= mean
        correction = table.mean(axis=0)
        table -= correction
        mean += correction
        scale = np.sqrt(np.einsum("ij,ij->j", table, table) / n)
        flat = scale <= 1e-12 * size
        table[:, flat] = 0.0
        scale[flat] = 1.0
        table /= scale

        triangle = _Triangle(d + 1)
        for start in range(0, n, self.block):
            triangle.absorb(table[start : start + self.block])
        u, s, vt = svd(triangle.R[:, :d], full_matrices=False)
        inverse = np.zeros_like(s)
        big = s > 1e-12 * s.max()
        inverse[big] = 1.0 / s[big]
        weights = vt.T @ (inverse * (u.T @ triangle.R[:, d]))

        self.coef_ = weights * scale[d] / scale[:d]
        self.intercept_ = mean[d] - np.dot(mean[:d], self.coef_)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.ndim != 2 or X.shape[1] != self.coef_.shape[0]:
            raise ValueError("wrong number of columns")
        return X @ self.coef_ + self.intercept_
