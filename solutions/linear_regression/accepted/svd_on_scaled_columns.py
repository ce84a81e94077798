"""Centres, brings every column to unit length, and applies a truncated SVD.

Among equally good fits it takes the one that is shortest in the scaled
coordinates, which is not scikit-learn's choice.
"""

import numpy as np

RELATIVE_RANK_TOLERANCE = 1e-12


class LinearRegression:
    def fit(self, X, y):
        X, y = np.asarray(X), np.asarray(y)
        if X.ndim != 2:
            raise ValueError(f"X must be two-dimensional, got shape {X.shape}")
        if y.shape != (X.shape[0],):
            raise ValueError(f"y must have shape ({X.shape[0]},), got {y.shape}")
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("X and y must not hold NaN or infinity")
        X, y = X.astype(float), y.astype(float)

        x_mean, y_mean = X.mean(axis=0), y.mean()
        Xc = X - x_mean
        flat = np.ptp(X, axis=0) <= RELATIVE_RANK_TOLERANCE * np.abs(X).max(axis=0)
        Xc[:, flat] = 0.0
        scale = np.linalg.norm(Xc, axis=0)
        scale[flat] = 1.0

        U, s, Vt = np.linalg.svd(Xc / scale, full_matrices=False)
        keep = s > RELATIVE_RANK_TOLERANCE * s[0]
        self.coef_ = Vt[keep].T @ (U[:, keep].T @ (y - y_mean) / s[keep]) / scale
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self.coef_.shape[0]:
            raise ValueError(f"X must have {len(self.coef_)} columns, got {X.shape}")
        return X.astype(float) @ self.coef_ + self.intercept_
