"""Stores references to X and y and fits when an attribute is first read; if the caller
has reused the arrays by then, for a second model for instance, the fit is of the
new contents.

verdict: wrong_answer
breaks: "Two models do not share state"
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
        self._X, self._y = X, y
        self._solution = None
        return self

    @property
    def coef_(self):
        return self._solve()[0]

    @property
    def intercept_(self):
        return self._solve()[1]

    def _solve(self):
        if self._solution is not None:
            return self._solution
        X, y = self._X.astype(float), self._y.astype(float)

        x_mean, y_mean = X.mean(axis=0), y.mean()
        Xc, yc = X - x_mean, y - y_mean
        flat = np.ptp(X, axis=0) <= TOLERANCE * np.abs(X).max(axis=0)
        Xc[:, flat] = 0.0
        scale = np.linalg.norm(Xc, axis=0)
        scale[flat] = 1.0

        U, s, Vt = np.linalg.svd(Xc / scale, full_matrices=False)
        keep = s > TOLERANCE * s[0]
        coef = Vt[keep].T @ (U[:, keep].T @ yc / s[keep]) / scale
        self._solution = coef, y_mean - x_mean @ coef
        return self._solution

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("X must have the columns that the model was fitted on")
        return X.astype(float) @ self.coef_ + self.intercept_
