"""Stops when a step changes the weights by less than a millionth of their size, though a short step
may hide a slope; breaks "none of its d + 1 components, by coef_ and by intercept_, is larger than
1e-5 in size".

verdict: wrong_answer
property: test_the_gradient_is_zero_at_the_fitted_weights
"""

import numpy as np


def _softplus(z):
    return np.logaddexp(0.0, z)


class LogisticRegression:
    def __init__(self, l2=1.0):
        if l2 <= 0:
            raise ValueError("l2 must be positive")
        self.l2 = float(l2)

    @staticmethod
    def _check_X(X):
        X = np.asarray(X)
        if X.ndim != 2:
            raise ValueError("X must be 2-D")
        X = X.astype(np.float64)
        if not np.isfinite(X).all():
            raise ValueError("X holds NaN or infinity")
        return X

    def fit(self, X, y):
        X = self._check_X(X)
        n, d = X.shape
        y = np.asarray(y)
        if y.shape != (n,):
            raise ValueError("y must have shape (n,)")
        if not np.isin(y, [0, 1]).all():
            raise ValueError("y must hold zeros and ones")
        if len(np.unique(y)) < 2:
            raise ValueError("y holds one class only")
        y = y.astype(np.float64)
        A = np.column_stack([X, np.ones(n)])
        pen = np.append(np.full(d, self.l2), 0.0)
        L = 0.25 * np.linalg.eigvalsh(A.T @ A / n)[-1] + self.l2
        theta = np.zeros(d + 1)
        for _ in range(50000):
            grad = A.T @ (self._sigmoid(A @ theta) - y) / n + pen * theta
            new = theta - grad / L
            if np.allclose(new, theta, rtol=1e-6, atol=1e-9):
                break
            theta = new
        self.coef_ = theta[:d].copy()
        self.intercept_ = float(theta[d])
        return self

    @staticmethod
    def _objective(A, y, pen, theta):
        z = A @ theta
        return np.mean(_softplus(z) - y * z) + 0.5 * np.sum(pen * theta**2)

    @staticmethod
    def _sigmoid(z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1.0, e) / (1.0 + e)

    def _logits(self, X):
        X = self._check_X(X)
        if X.shape[1] != len(self.coef_):
            raise ValueError("wrong number of columns")
        return X @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        return self._sigmoid(self._logits(X))

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)

    def loss(self, X, y):
        z = self._logits(X)
        s = 2.0 * np.asarray(y, dtype=np.float64) - 1.0
        return float(np.mean(_softplus(-s * z)))
