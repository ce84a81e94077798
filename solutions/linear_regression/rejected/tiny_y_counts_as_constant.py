"""Takes a y whose spread is below 1e-12 for a constant; breaks "when y is tiny".

verdict: wrong_answer
property: test_the_fit_follows_a_shift_and_a_scale_of_y
"""

import numpy as np


class LinearRegression:
    """Ordinary least squares with an intercept."""

    def fit(self, X, y):
        X = np.asarray(X)
        y = np.asarray(y)
        if X.ndim != 2:
            raise ValueError("X must have two dimensions")
        n, d = X.shape
        if y.shape != (n,):
            raise ValueError("y must hold one value for each row of X")
        X = X.astype(np.float64)
        y = y.astype(np.float64)
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("NaN or infinity")
        x_mean = X.mean(axis=0)
        Z = X - x_mean
        extra = Z.mean(axis=0)
        Z -= extra
        x_mean = x_mean + extra
        size = np.abs(Z).max(axis=0)
        size[size <= 1e-14 * np.abs(X).max(axis=0)] = 0.0
        live = size > 0
        Z = Z[:, live] / size[live]
        norm = np.sqrt((Z**2).sum(axis=0))
        Z /= norm
        y_size = np.abs(y).max()
        if y_size == 0:
            y_size = 1.0
        t = y / y_size
        t_mean = t.mean()
        t = t - t_mean
        t_mean += t.mean()
        t = t - t.mean()
        coef = np.zeros(d)
        if live.any() and y.std() > 1e-12:
            U, s, Vt = np.linalg.svd(Z, full_matrices=False)
            keep = s > 1e-10 * s[0]
            beta = Vt[keep].T @ ((U[:, keep].T @ t) / s[keep])
            coef[live] = beta / norm / size[live] * y_size
        self.coef_ = coef
        self.intercept_ = float(t_mean * y_size - x_mean @ coef)
        self.n_features_in_ = d
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.ndim != 2 or X.shape[1] != self.n_features_in_:
            raise ValueError("wrong number of columns")
        return X @ self.coef_ + self.intercept_
