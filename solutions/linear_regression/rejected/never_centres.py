"""Puts a column of ones next to X instead of centring and truncates the SVD of the
unscaled whole at 1e-10; far from the origin the intercept's own direction is cut
away.

verdict: wrong_answer
property: test_data_far_from_the_origin_are_fitted_exactly
"""

import numpy as np

TOLERANCE = 1e-10


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

        A = np.column_stack([np.ones(len(X)), X])
        U, s, Vt = np.linalg.svd(A, full_matrices=False)
        keep = s > TOLERANCE * s[0]
        w = Vt[keep].T @ (U[:, keep].T @ y / s[keep])
        self.intercept_, self.coef_ = w[0], w[1:]
        return self

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("X must have the columns that the model was fitted on")
        return X.astype(float) @ self.coef_ + self.intercept_
