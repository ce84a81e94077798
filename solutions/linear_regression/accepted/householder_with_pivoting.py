"""Householder reflections with column pivoting, written out by hand.

The intercept is an ordinary first column of ones, nothing is centred (the first
row only serves as origin), and dependent columns get the weight zero.
"""

import math

import numpy as np


def _reflector(x):
    """Return (v, beta, alpha) with (I - beta v v^T) x = alpha e_1."""
    norm = math.sqrt(float(x @ x))
    alpha = -math.copysign(norm, x[0])
    v = x.copy()
    v[0] -= alpha
    return v, 2.0 / float(v @ v), alpha


class LinearRegression:
    """Ordinary least squares through a rank-revealing QR factorisation."""

    _tolerance = 1e-12

    def fit(self, X, y):
        X, y = self._validated(X, y)
        n, d = X.shape
        origin, y_origin = X[0].copy(), y[0]
        A = X - origin
        scale = np.abs(A).max(axis=0)
        flat = scale <= self._tolerance * np.abs(X).max(axis=0)
        A[:, flat] = 0.0
        scale[flat] = 1.0
        A /= scale

        M = np.column_stack([np.ones(n), A])
        length = np.maximum(np.sqrt((M**2).sum(axis=0)), np.finfo(float).tiny)
        M /= length
        z = y - y_origin
        order = list(range(d + 1))
        rank = 0
        for k in range(min(n, d + 1)):
            if k > 0:  # the column of ones always goes first
                rest = (M[k:, k:] ** 2).sum(axis=0)
                j = k + int(rest.argmax())
                if math.sqrt(rest[j - k]) <= self._tolerance:
                    break
                M[:, [k, j]] = M[:, [j, k]]
                order[k], order[j] = order[j], order[k]
            v, beta, alpha = _reflector(M[k:, k])
            M[k:, k + 1 :] -= np.outer(beta * v, v @ M[k:, k + 1 :])
            z[k:] -= beta * float(v @ z[k:]) * v
            M[k, k] = alpha
            M[k + 1 :, k] = 0.0
            rank = k + 1

        w = np.zeros(d + 1)
        for k in reversed(range(rank)):
            found = sum(M[k, j] * w[order[j]] for j in range(k + 1, rank))
            w[order[k]] = (z[k] - found) / M[k, k]
        w /= length

        self.coef_ = w[1:] / scale
        self.intercept_ = float(y_origin + w[0] - origin @ self.coef_)
        return self

    def predict(self, X):
        X = np.array(X, dtype=np.float64)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("X must have as many columns as the fitted data")
        return X.dot(self.coef_) + self.intercept_

    @staticmethod
    def _validated(X, y):
        X = np.array(X, dtype=np.float64)
        y = np.array(y, dtype=np.float64)
        if X.ndim != 2:
            raise ValueError("X must be two-dimensional")
        if y.ndim != 1 or len(y) != len(X):
            raise ValueError("y must have one value for each row of X")
        if not np.isfinite(X).all():
            raise ValueError("X holds NaN or infinity")
        if not np.isfinite(y).all():
            raise ValueError("y holds NaN or infinity")
        return X, y
