"""Takes the rows into a triangle in blocks of ten, so that large data fit, and never comes to those that fill no
block.

verdict: wrong_answer
property: test_residuals_sum_to_zero_and_are_orthogonal_to_every_column
"""

import numpy as np


class LinearRegression:
    def fit(self, X, y):
        X, y = np.array(X, dtype=np.float64), np.array(y, dtype=np.float64)
        if X.ndim != 2 or y.shape != (len(X),):
            raise ValueError("X must be two-dimensional, and y as long as X")
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("X and y must be finite")
        n, d = X.shape
        x_mean, y_mean = X.mean(axis=0), y.mean()
        centred = X - x_mean
        lengths = np.linalg.norm(centred, axis=0)
        lengths[lengths == 0] = 1.0
        scaled, target = centred / lengths, y - y_mean
        stacked = np.column_stack([scaled, target])
        triangle = stacked[:10]
        for block in range(1, n // 10):
            rows = stacked[10 * block : 10 * (block + 1)]
            triangle = np.linalg.qr(np.vstack([triangle, rows]), mode="r")
        U, singular, Vt = np.linalg.svd(triangle[:, :d], full_matrices=False)
        keep = singular > 1e-10
        weights = Vt[keep].T @ ((U[:, keep].T @ triangle[:, d]) / singular[keep])
        self.coef_ = weights / lengths
        self.intercept_ = float(y_mean - x_mean @ self.coef_)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.shape[1:] != self.coef_.shape:
            raise ValueError("X has another number of columns than in fit")
        return X @ self.coef_ + self.intercept_
