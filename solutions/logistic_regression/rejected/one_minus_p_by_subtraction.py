"""Takes the logarithm of 1 - p as it comes out in floats, which has few digits for logits of 20 to
36, and the logit itself beyond only; breaks "It is right up to a relative error of 1e-9".

verdict: wrong_answer
property: test_the_loss_is_the_mean_cross_entropy
"""

import numpy as np

COMPLEXITY = "O(n * d**2 * iterations)"


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0 / (1.0 + e), e / (1.0 + e))


class LogisticRegression:
    def __init__(self, l2: float = 1.0) -> None:
        if not l2 > 0:
            raise ValueError("l2 must be positive")
        self.l2 = l2

    def fit(self, X, y):
        X = np.asarray(X)
        y = np.asarray(y)
        if X.ndim != 2:
            raise ValueError("X must be two-dimensional")
        X = X.astype(np.float64)
        if not np.isfinite(X).all():
            raise ValueError("X must be finite")
        n, d = X.shape
        if y.shape != (n,):
            raise ValueError("y must have shape (n,)")
        y = y.astype(np.float64)
        if not ((y == 0) | (y == 1)).all():
            raise ValueError("y must hold zeros and ones")
        if y.min() == y.max():
            raise ValueError("y needs both classes")
        A = np.hstack([X, np.ones((n, 1))])
        pen = np.full(d + 1, float(self.l2))
        pen[-1] = 0.0

        def objective(t):
            z = A @ t
            return np.mean(np.logaddexp(0.0, z) - y * z) + 0.5 * np.sum(pen * t * t)

        t = np.zeros(d + 1)
        f = objective(t)
        for _ in range(200):
            p = _sigmoid(A @ t)
            g = A.T @ (p - y) / n + pen * t
            if np.abs(g).max() < 1e-10:
                break
            H = (A * (p * (1 - p))[:, None]).T @ A / n + np.diag(pen)
            step = np.linalg.solve(H, g)
            s = 1.0
            while s > 1e-10:
                f_new = objective(t - s * step)
                if f_new <= f - 1e-4 * s * (g @ step) + 1e-15 * (1 + abs(f)):
                    break
                s /= 2
            t = t - s * step
            f = f_new
        self.coef_ = t[:-1].copy()
        self.intercept_ = float(t[-1])
        return self

    def _logits(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self.coef_.shape[0]:
            raise ValueError("X has the wrong number of columns")
        X = X.astype(np.float64)
        if not np.isfinite(X).all():
            raise ValueError("X must be finite")
        return X @ self.coef_ + self.intercept_

    def predict_proba(self, X):
        return _sigmoid(self._logits(X))

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(np.int64)

    def loss(self, X, y):
        z = self._logits(X)
        y = np.asarray(y).astype(np.float64)
        p = _sigmoid(z)
        with np.errstate(divide="ignore"):
            pos = np.where(p > 0, -np.log(p), -z)
            neg = np.where(p < 1, -np.log(1 - p), z)
        return float(np.mean(np.where(y == 1, pos, neg)))
