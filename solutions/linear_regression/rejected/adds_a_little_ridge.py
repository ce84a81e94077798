"""Adds 1e-8 to the diagonal of X.T @ X so that it can always be solved; columns whose
values are tiny are then shrunk towards zero.

verdict: wrong_answer
property: test_a_noiseless_plane_is_recovered
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
        gram = Xc.T @ Xc + 1e-8 * np.eye(X.shape[1])
        self.coef_ = np.linalg.solve(gram, Xc.T @ yc)
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("X must have the columns that the model was fitted on")
        return X.astype(float) @ self.coef_ + self.intercept_
