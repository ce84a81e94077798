"""Nesterov's accelerated gradient on data whose columns are centred (only the intercept changes
by that), which starts its momentum anew when the step turns against the gradient.
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
        mean = X.mean(axis=0)
        A = np.column_stack([X - mean, np.ones(n)])
        penalty = np.append(np.full(d, float(self.l2)), 0.0)
        rate = 1.0 / (np.linalg.eigvalsh(A.T @ A)[-1] / (4 * n) + self.l2)

        w = np.zeros(d + 1)
        ahead = w
        momentum = 1.0
        for _ in range(200_000):
            gradient = A.T @ (self._sigmoid(A @ ahead) - y) / n + penalty * ahead
            # the gradient by the weights of the data that are not centred
            plain = gradient + np.append(mean * gradient[-1], 0.0)
            if np.abs(plain).max() < 2e-6:
                break
            new = ahead - rate * gradient
            if gradient @ (new - w) > 0:
                momentum = 1.0
            following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
            ahead = new + (momentum - 1) / following * (new - w)
            w, momentum = new, following
        self.coef_ = ahead[:d].copy()
        self.intercept_ = float(ahead[d] - mean @ self.coef_)
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
