"""Minimises with SciPy's L-BFGS-B and takes the probabilities and their logarithms from
scipy.special.

uses: scipy
"""

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit


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
            return -np.mean(log_expit(-sign * (A @ w))) + penalty @ w**2 / 2

        def gradient(w):
            return A.T @ (expit(A @ w) - y) / n + penalty * w

        options = {"gtol": 1e-8, "ftol": 0.0, "maxiter": 5000, "maxls": 50}
        w = minimize(objective, w, jac=gradient, method="L-BFGS-B", options=options).x
        if np.abs(gradient(w)).max() > 1e-6:
            w = minimize(objective, w, jac=gradient, method="BFGS", options={"gtol": 1e-7}).x
        self.coef_ = w[:d]
        self.intercept_ = float(w[d])
        return self

    def predict_proba(self, X):
        return expit(self._logits(X))

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)

    def loss(self, X, y):
        logits = self._logits(X)
        y = np.asarray(y).astype(float)
        return float(-np.mean(log_expit((2 * y - 1) * logits)))

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
