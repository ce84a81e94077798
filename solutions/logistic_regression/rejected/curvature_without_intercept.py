"""Takes the length of the steps from the curvature by coef_ alone, which is too long for the
intercept where the numbers in X are small; breaks "the gradient of what is minimised is zero".

verdict: wrong_answer
property: test_the_gradient_is_zero_at_the_fitted_weights
"""

import numpy as np


class LogisticRegression:
    """Gradient descent with the step 1 / L, until the gradient is small."""

    def __init__(self, l2=1.0):
        self.l2 = l2

    @staticmethod
    def _clean(X):
        X = np.array(X, dtype=float)
        if X.ndim != 2:
            raise ValueError("X has to have two dimensions")
        if np.isnan(X).any() or np.isinf(X).any():
            raise ValueError("X has to be finite")
        return X

    def fit(self, X, y):
        if self.l2 <= 0:
            raise ValueError("l2 has to be > 0")
        X = self._clean(X)
        n, d = X.shape
        y = np.array(y, dtype=float)
        if y.shape != (n,):
            raise ValueError("y has to have one label for each row")
        if not ((y == 0) | (y == 1)).all() or not 0 < y.sum() < n:
            raise ValueError("y has to hold zeros and ones, and both of them")
        l2 = float(self.l2)
        ones = np.ones((n, 1))
        A = np.hstack([X, ones])
        curvature = 0.25 * np.linalg.eigvalsh(X.T @ X / n)[-1] + l2
        rate = 1.0 / curvature
        share = y.mean()
        w = np.zeros(d)
        b = 0.0
        for _ in range(50_000):
            z = X @ w + b
            error = 0.5 * (1 + np.tanh(0.5 * z)) - y
            grad_w = error @ X / n + l2 * w
            grad_b = error.mean()
            if max(abs(grad_w).max(), abs(grad_b)) < 1e-7:
                break
            w = w - rate * grad_w
            b = b - rate * grad_b
        self.coef_ = w
        self.intercept_ = float(b)
        return self

    def _decision(self, X):
        X = self._clean(X)
        if X.shape[1] != self.coef_.size:
            raise ValueError("wrong number of columns")
        return X.dot(self.coef_) + self.intercept_

    def predict_proba(self, X):
        return 0.5 * (1 + np.tanh(0.5 * self._decision(X)))

    def predict(self, X):
        return np.where(self.predict_proba(X) >= 0.5, 1, 0)

    def loss(self, X, y):
        z = self._decision(X)
        # cost of a row is log(1 + exp(-margin))
        margin = np.where(np.asarray(y) == 1, z, -z)
        return float(np.mean(np.maximum(-margin, 0) + np.log1p(np.exp(-np.abs(margin)))))
