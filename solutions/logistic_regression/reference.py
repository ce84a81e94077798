"""Newton's method from zero weights; every exp has a negative argument."""

import numpy as np


class LogisticRegression:
    def __init__(self, l2=1.0):
        if not l2 > 0:
            raise ValueError(f"l2 must be positive, not {l2}")
        self._l2 = float(l2)

    def fit(self, X, y):
        _check_matrix(X)
        _check_labels(y, len(X))
        if y.min() == y.max():
            raise ValueError("y must hold both zeros and ones")
        n, d = X.shape
        A = np.column_stack([X, np.ones(n)])  # of floats, like the ones
        penalty = np.append(np.full(d, self._l2), 0.0)  # none on the intercept

        w = np.zeros(d + 1)
        while True:
            p = _sigmoid(A @ w)
            gradient = A.T @ (p - y) / n + penalty * w
            if np.abs(gradient).max() < 1e-9:
                break
            # The weights p (1 - p) scale the rows: the diagonal matrix itself would be n by n.
            hessian = (A.T * (p * (1 - p) / n)) @ A + np.diag(penalty)
            w = w - np.linalg.solve(hessian, gradient)
        self.coef_, self.intercept_ = w[:d], float(w[d])
        return self

    def predict_proba(self, X):
        return _sigmoid(self._logits(X))

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)

    def loss(self, X, y):
        logits = self._logits(X)
        _check_labels(y, len(logits))
        # -log(p) is log(1 + exp(-logit)) for label 1, and for label 0 the same with the other sign.
        return float(np.logaddexp(0.0, np.where(y == 1, -logits, logits)).mean())

    def _logits(self, X):
        _check_matrix(X)
        if X.shape[1] != len(self.coef_):
            raise ValueError(f"X has {X.shape[1]} columns, the fit had {len(self.coef_)}")
        return X @ self.coef_ + self.intercept_


def _check_matrix(X):
    if X.ndim != 2:
        raise ValueError(f"X must have two dimensions, not {X.ndim}")
    if not np.isfinite(X).all():
        raise ValueError("X must not hold NaN or infinity")


def _check_labels(y, n):
    if y.shape != (n,):
        raise ValueError(f"y must have the shape ({n},), not {y.shape}")
    if not np.isin(y, (0, 1)).all():
        raise ValueError("y must hold zeros and ones only")


def _sigmoid(logits):
    # exp of minus the size never overflows; which of the two forms is right depends on the sign.
    small = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1.0, small) / (1.0 + small)
