"""Takes the singular vectors from eigh of [[0, R], [R.T, 0]], so nothing is squared.

R comes from numpy's QR of the centred, scaled columns; the model's parameters are
kept in one private vector and shown through read-only properties.
"""

import numpy as np


class LinearRegression:
    def __init__(self):
        self._parameters = None

    @property
    def coef_(self):
        return self._parameters[1:]

    @property
    def intercept_(self):
        return self._parameters[0]

    def fit(self, X, y):
        X, y = np.asarray(X), np.asarray(y)
        if X.ndim != 2:
            raise ValueError("fit needs a two-dimensional X")
        if y.ndim != 1 or y.size != X.shape[0]:
            raise ValueError("fit needs one y for each row of X")
        if not np.isfinite(X).all() or not np.isfinite(y).all():
            raise ValueError("fit needs finite values")
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)

        low, high = X.min(axis=0), X.max(axis=0)
        middle = low + (high - low) / 2
        half = (high - low) / 2
        flat = half <= 1e-12 * np.maximum(np.abs(low), np.abs(high))
        half[flat] = 1.0
        A = (X - middle) / half
        A[:, flat] = 0.0
        A_mean = A.mean(axis=0)
        A = A - A_mean
        length = np.sqrt((A * A).sum(axis=0))
        length[flat] = 1.0
        A /= length

        Q, R = np.linalg.qr(A)
        r, d = R.shape
        doubled = np.block([[np.zeros((r, r)), R], [R.T, np.zeros((d, d))]])
        values, vectors = np.linalg.eigh(doubled)
        # every singular value s shows up as +s and as -s: take the positive half
        keep = values > 1e-12 * max(values[-1], 1e-300)
        s = values[keep]
        U, V = vectors[:r, keep], vectors[r:, keep]
        # both halves of a unit eigenvector have length 1/sqrt(2)
        w = 2.0 * V @ ((U.T @ (Q.T @ (y - y.mean()))) / s)

        coef = w / length / half
        centre = middle + np.where(flat, 0.0, A_mean) * half
        self._parameters = np.concatenate([[y.mean() - centre @ coef], coef])
        return self

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("predict needs the columns that fit has seen")
        return X.astype(float) @ self.coef_ + self.intercept_
