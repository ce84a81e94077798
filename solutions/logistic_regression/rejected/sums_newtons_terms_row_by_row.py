"""Newton's method that adds the gradient and the Hessian up row by row; breaks "do not loop over the
rows in Python". Its few steps end within two seconds for 16,000 rows on a slow machine, too, so that
the budget alone shows it.

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
        A = np.column_stack([X, np.ones(n)])
        penalty = np.append(np.full(d, float(self.l2)), 0.0)
        w = np.zeros(d + 1)

        for _ in range(100):
            gradient = penalty * w
            hessian = np.diag(penalty)
            for row, label in zip(A, y):
                p = self._sigmoid(row @ w)
                gradient += (p - label) / n * row
                # The weight of the row, as the slope of the sigmoid.
                slope = p * self._sigmoid(-(row @ w))
                hessian += slope / n * np.outer(row, row)
            if np.abs(gradient).max() < 1e-10:
                break
            step = np.linalg.solve(hessian, gradient)
            w = w - step

        self.coef_ = w[:d]
        self.intercept_ = float(w[d])
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
