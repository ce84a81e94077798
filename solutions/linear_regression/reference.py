"""Ordinary least squares by the singular value decomposition of the centred, scaled columns."""

import numpy as np


class LinearRegression:
    """Ordinary least squares with an intercept."""

    def fit(self, X, y):
        # Integers become floats before any arithmetic: int8 times int8 overflows in int8.
        X = np.array(X, dtype=np.float64)
        y = np.array(y, dtype=np.float64).ravel()
        if X.ndim != 2:
            raise ValueError(f"X must be two-dimensional, not of shape {X.shape}")
        if len(y) != len(X):
            raise ValueError(f"X has {len(X)} rows, but y has {len(y)} values")
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("X and y must not hold NaN or infinity")

        # With both centred, the best line goes through the origin, and the intercept follows
        # from the means. Centring first also saves the digits that an offset of 10**6 would
        # cost once anything is squared or decomposed.
        x_mean, y_mean = X.mean(axis=0), y.mean()
        centred = X - x_mean

        # A column of 1e-4 beside one of 1e4 is not a column of rounding errors: bring all to
        # length one, so that small singular values mean collinearity and nothing else. Of a
        # constant column nothing is left, or rounding, to which any weight may go: it adds nothing.
        lengths = np.linalg.norm(centred, axis=0)
        lengths[lengths == 0.0] = 1.0
        U, singular, Vt = np.linalg.svd(centred / lengths, full_matrices=False)

        # Directions that collinear columns leave empty get no weight (the pseudo-inverse).
        keep = singular > 1e-10
        along = (U[:, keep].T @ (y - y_mean)) / singular[keep]

        self.coef_ = (Vt[keep].T @ along) / lengths
        self.intercept_ = float(y_mean - x_mean @ self.coef_)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.shape[1:] != self.coef_.shape:
            raise ValueError(f"X must have {len(self.coef_)} columns, not the shape {X.shape}")
        return X @ self.coef_ + self.intercept_
