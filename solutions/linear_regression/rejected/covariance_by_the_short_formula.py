"""Solves with the covariances E[xx] - E[x]E[x] and E[xy] - E[x]E[y]; the subtraction
eats the digits when the data lie far from the origin.

verdict: wrong_answer
property: test_data_far_from_the_origin_are_fitted_exactly
"""

import numpy as np

TOLERANCE = 1e-12


class LinearRegression:
    def fit(self, X, y):
        X, y = np.asarray(X), np.asarray(y)
        if X.ndim != 2:
            raise ValueError("X must be two-dimensional")
        if y.shape != (X.shape[0],):
            raise ValueError("y must have one value for each row of X")
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("X and y must be finite")
        X, y = X.astype(float), y.astype(float)

        x_mean, y_mean = X.mean(axis=0), y.mean()
        flat = np.ptp(X, axis=0) <= TOLERANCE * np.abs(X).max(axis=0)
        cov = X.T @ X / len(X) - np.outer(x_mean, x_mean)
        cross = X.T @ y / len(X) - x_mean * y_mean
        cov[flat] = cov[:, flat] = cross[flat] = 0.0
        scale = np.sqrt(np.abs(np.diag(cov)))
        scale[scale == 0] = 1.0
        values, V = np.linalg.eigh(cov / np.outer(scale, scale))
        keep = values > TOLERANCE * values[-1]
        w = V[:, keep] @ (V[:, keep].T @ (cross / scale) / values[keep])
        self.coef_ = w / scale
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("X must have the columns that the model was fitted on")
        return X.astype(float) @ self.coef_ + self.intercept_
