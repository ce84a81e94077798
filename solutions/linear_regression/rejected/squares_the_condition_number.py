"""Takes eigh of the centred X.T @ X without scaling the columns and drops eigenvalues
near the rounding level; columns much smaller than the others lose their weight, or
get a noisy one.

verdict: wrong_answer
property: test_columns_of_very_different_scale_are_fitted_exactly
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
        values, V = np.linalg.eigh(Xc.T @ Xc)
        keep = values > TOLERANCE * values[-1]
        self.coef_ = V[:, keep] @ (V[:, keep].T @ (Xc.T @ yc) / values[keep])
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("X must have the columns that the model was fitted on")
        return X.astype(float) @ self.coef_ + self.intercept_
