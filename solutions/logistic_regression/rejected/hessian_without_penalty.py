"""Leaves the penalty out of the Hessian, so that its steps do not settle (and the matrix is
singular for collinear columns); breaks "the gradient of what is minimised is zero".

verdict: runtime_error
property: test_the_gradient_is_zero_at_the_fitted_weights
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
        sign = 1 - 2 * y
        penalty = np.append(np.full(d, float(self.l2)), 0.0)
        w = np.zeros(d + 1)

        def objective(w):
            return np.mean(np.logaddexp(0.0, sign * (A @ w))) + penalty @ w**2 / 2

        for _ in range(100):
            p = self._sigmoid(A @ w)
            gradient = A.T @ (p - y) / n + penalty * w
            if np.abs(gradient).max() < 1e-10:
                break
            hessian = A.T @ (A * (p * (1 - p))[:, None]) / n
            step = np.linalg.solve(hessian, gradient)
            size = 1.0
            now = objective(w)
            while size > 1e-3 and objective(w - size * step) > now:
                size /= 2
            w = w - size * step

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
