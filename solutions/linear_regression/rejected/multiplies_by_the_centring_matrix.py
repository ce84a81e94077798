"""Centres by multiplying with the centring matrix from the textbook, which is n by n.

verdict: memory_limit_exceeded
property: test_the_cost_of_fit_grows_linearly_with_the_rows
"""

import numpy as np


class LinearRegression:
    """Ordinary least squares with an intercept."""

    def fit(self, X, y):
        X = np.array(X, dtype=np.float64)
        y = np.array(y, dtype=np.float64).ravel()
        if X.ndim != 2:
            raise ValueError(f"X must be two-dimensional, not of shape {X.shape}")
        if len(y) != len(X):
            raise ValueError(f"X has {len(X)} rows, but y has {len(y)} values")
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("X and y must not hold NaN or infinity")

        x_mean, y_mean = X.mean(axis=0), y.mean()
        # The first row goes first: an offset of 10**6 would cost digits in the sums.
        centring = np.eye(len(X)) - 1.0 / len(X)
        centred = centring @ (X - X[0])

        lengths = np.linalg.norm(centred, axis=0)
        constant = lengths <= 1e-12 * np.sqrt(len(X)) * np.abs(x_mean)
        lengths[constant] = 1.0
        scaled = np.where(constant, 0.0, centred / lengths)

        U, singular, Vt = np.linalg.svd(scaled, full_matrices=False)
        keep = singular > 1e-10 * max(singular.max(), 1e-300)
        along = (U[:, keep].T @ (y - y_mean)) / singular[keep]

        self.coef_ = (Vt[keep].T @ along) / lengths
        self.intercept_ = float(y_mean - x_mean @ self.coef_)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError(f"X must have {len(self.coef_)} columns, not the shape {X.shape}")
        return X @ self.coef_ + self.intercept_
