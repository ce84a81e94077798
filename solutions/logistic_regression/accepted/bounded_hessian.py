"""Minimises again and again the parabola that lies above the objective everywhere (p * (1 - p) <=
1/4 in the Hessian), whose matrix is inverted only once.
"""

import numpy as np


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
        n, d = X.shape
        A = np.hstack([np.ones((n, 1)), X])
        penalty = np.full(d + 1, float(self.l2))
        penalty[0] = 0.0
        inverse = np.linalg.inv(A.T @ A / (4 * n) + np.diag(penalty))
        w = np.zeros(d + 1)
        gradient = A.T @ (0.5 - y) / n
        while np.linalg.norm(gradient) > 1e-7:
            w -= inverse @ gradient
            gradient = A.T @ (self._sigmoid(A @ w) - y) / n + penalty * w
        self.coef_ = w[1:].copy()
        self.intercept_ = w[0].item()
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
