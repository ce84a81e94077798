"""Calls lstsq by the name of the module in which NumPy defines it; every answer is right.

verdict: forbidden
property: test_fit_returns_the_model_and_sets_coef_and_intercept
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
        Xc, yc = X - x_mean, y - y_mean
        flat = np.ptp(X, axis=0) <= TOLERANCE * np.abs(X).max(axis=0)
        Xc[:, flat] = 0.0
        scale = np.linalg.norm(Xc, axis=0)
        scale[flat] = 1.0

        self.coef_ = np.linalg._linalg.lstsq(Xc / scale, yc, rcond=TOLERANCE)[0] / scale
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("X must have the columns that the model was fitted on")
        return X.astype(float) @ self.coef_ + self.intercept_
