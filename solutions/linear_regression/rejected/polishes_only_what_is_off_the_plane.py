"""Solves many rows in single precision first, and again in double precision only if that leaves more than a
millionth of the spread of y. Where a plane goes through all points, the first try seems good enough.

verdict: wrong_answer
property: test_a_noiseless_plane_is_recovered
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
        weights = np.zeros(d)
        if n > 10:
            weights = solved(scaled.astype(np.float32), target.astype(np.float32), 1e-5)
        gap = np.linalg.norm(target - scaled @ weights)
        if n <= 10 or gap > 1e-6 * np.linalg.norm(target):
            weights = solved(scaled, target, 1e-10)
        self.coef_ = weights / lengths
        self.intercept_ = float(y_mean - x_mean @ self.coef_)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.shape[1:] != self.coef_.shape:
            raise ValueError("X has another number of columns than in fit")
        return X @ self.coef_ + self.intercept_


def solved(A, b, cut):
    U, singular, Vt = np.linalg.svd(A, full_matrices=False)
    keep = singular > cut
    return (Vt[keep].T @ ((U[:, keep].T @ b) / singular[keep])).astype(np.float64)
