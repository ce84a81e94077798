"""Wraps sklearn.linear_model.LogisticRegression with C = 1 / (n * l2) and Newton's method, and
adds the checks and a loss that does not clip.

uses: sklearn scipy
"""

import numpy as np
from sklearn.linear_model import LogisticRegression as Reference


class LogisticRegression:
    def __init__(self, l2=1.0):
        if l2 <= 0:
            raise ValueError("l2 must be positive")
        self.l2 = l2

    def fit(self, X, y):
        X = self._matrix(X)
        y = np.asarray(y)
        if y.shape != (len(X),):
            raise ValueError("y must have one entry for each row of X")
        if not np.isin(y, [0, 1]).all():
            raise ValueError("y must hold zeros and ones")
        y = y.astype(float)
        if y.min() == y.max():
            raise ValueError("y must hold both classes")
        reference = Reference(
            C=1.0 / (len(y) * self.l2), solver="newton-cholesky", tol=1e-9, max_iter=1000
        )
        reference.fit(X, y.astype(int))
        self.coef_ = reference.coef_[0]
        self.intercept_ = float(reference.intercept_[0])
        return self

    def predict_proba(self, X):
        return self._sigmoid(self._logits(X))

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)

    def loss(self, X, y):
        logits = self._logits(X)
        y = np.asarray(y).astype(float)
        return float(np.mean(np.logaddexp(0.0, (1 - 2 * y) * logits)))

    def _logits(self, X):
        X = self._matrix(X)
        if X.shape[1] != len(self.coef_):
            raise ValueError("X has another number of columns than in fit")
        return X @ self.coef_ + self.intercept_

    @staticmethod
    def _matrix(X):
        X = np.asarray(X, dtype=float)
        if X.ndim != 2:
            raise ValueError("X must have two dimensions")
        if not np.isfinite(X).all():
            raise ValueError("X holds a NaN or an infinity")
        return X

    @staticmethod
    def _sigmoid(z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1.0, e) / (1.0 + e)
