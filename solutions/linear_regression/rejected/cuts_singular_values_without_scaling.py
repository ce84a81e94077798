"""Forgets to scale the columns and cuts singular values below 1e-6 of the largest, as
a library default would; only columns of very different scales show it.

verdict: wrong_answer
property: test_columns_of_very_different_scale_are_fitted_exactly
"""

import numpy as np


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
        Xc, yc = X - x_mean, y - y_mean
        flat = np.ptp(X, axis=0) <= 1e-12 * np.abs(X).max(axis=0)
        Xc[:, flat] = 0.0
        U, s, Vt = np.linalg.svd(Xc, full_matrices=False)
        keep = s > 1e-6 * s[0]
        self.coef_ = Vt[keep].T @ (U[:, keep].T @ yc / s[keep])
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("X must have the columns that the model was fitted on")
        return X.astype(float) @ self.coef_ + self.intercept_
