"""Makes a matrix of one row of a one-dimensional X before it looks at the dimensions, so that a y
of one value fits; breaks "`fit` raises ValueError when X is not two-dimensional".

verdict: wrong_answer
property: test_fit_refuses_what_it_cannot_use
"""

import numpy as np


class LinearRegression:
    def fit(self, X, y):
        X = np.atleast_2d(np.array(X, dtype=float))
        y = np.array(y, dtype=float)
        if X.ndim != 2:
            raise ValueError("X must be 2-D")
        if y.size != X.shape[0]:
            raise ValueError("y must have n values")
        if not np.isfinite(X).all() or not np.isfinite(y).all():
            raise ValueError("NaN or inf")
        y = y.ravel()
        mu = X.mean(axis=0)
        ymu = y.mean()
        C = X - mu
        C -= C.mean(axis=0)
        sd = np.abs(C).max(axis=0)
        flat = sd <= 1e-14 * np.abs(X).max(axis=0)
        sd[flat] = 1.0
        C /= sd
        C[:, flat] = 0.0
        U, s, Vt = np.linalg.svd(C, full_matrices=False)
        keep = s > 1e-10 * s[0]
        w = Vt[keep].T @ ((U[:, keep].T @ (y - ymu)) / s[keep])
        self.coef_ = w / sd
        self.intercept_ = float(ymu - mu @ self.coef_)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("wrong number of columns")
        return X @ self.coef_ + self.intercept_
