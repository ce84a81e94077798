"""Counts the ones with the built-in sum, which stays in the type of y, so that int8 and uint8 wrap
around; breaks "Integer arrays come in the NumPy types int8 to int64 and uint8 to uint32".

verdict: wrong_answer
property: test_arrays_of_all_types_are_taken_like_the_same_floats
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
        share = float(sum(y)) / n
        if share == 0 or share == 1:
            raise ValueError("y holds one class only")
        y = y.astype(np.float64)
        A = np.column_stack([X, np.ones(n)])
        pen = np.append(np.full(d, self.l2), 0.0)
        theta = np.zeros(d + 1)
        theta[d] = np.log(share / (1 - share))  # start from the base rate
        f = self._objective(A, y, pen, theta)
        for _ in range(500):
            p = self._sigmoid(A @ theta)
            grad = A.T @ (p - y) / n + pen * theta
            if np.abs(grad).max() < 1e-9:
                break
            H = (A * (p * (1 - p))[:, None]).T @ A / n + np.diag(pen)
            step = np.linalg.solve(H, grad)
            t = 1.0
            while t > 1e-6:
                new = theta - t * step
                f_new = self._objective(A, y, pen, new)
                if f_new <= f + 1e-15:
                    break
                t /= 2
            theta, f = new, f_new
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
