"""Adds the gradient up row by row in Python; breaks "do not loop over the rows
in Python".

verdict: time_limit_exceeded
property: test_4_000_rows_take_at_most_60_times_as_long_as_newtons_steps
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
        curvature = np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2 / (4 * n)
        rate = 1.0 / (curvature + self.l2)
        w = np.zeros(d)
        b = 0.0
        for _ in range(500_000):
            gradient_w = self.l2 * w
            gradient_b = 0.0
            for row, label in zip(X, y):
                error = self._sigmoid(row @ w + b) - label
                gradient_w = gradient_w + error * row / n
                gradient_b += error / n
            if max(np.abs(gradient_w).max(), abs(gradient_b)) < 8e-6:
                break
            w = w - rate * gradient_w
            b = b - rate * gradient_b
        self.coef_ = w
        self.intercept_ = float(b)
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
