"""Takes the fast way for independent columns, but asks for all of U, n by n, when columns are
collinear; breaks "The time and the memory of `fit` grow in proportion to n".

verdict: memory_limit_exceeded
property: test_the_cost_of_fit_grows_linearly_with_the_rows
"""

import numpy as np


class LinearRegression:
    def fit(self, X, y):
        X = np.array(X, dtype=float)
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
        n, d = C.shape
        Q, R = np.linalg.qr(C)
        diag = np.abs(np.diag(R))
        if n > d and diag.min() > 1e-10 * diag.max():
            w = np.linalg.solve(R, Q.T @ (y - ymu))
        else:
            # rank deficient: minimum norm solution
            U, s, Vt = np.linalg.svd(C)
            r = int((s > 1e-10 * s[0]).sum())
            w = Vt[:r].T @ ((U[:, :r].T @ (y - ymu)) / s[:r])
        self.coef_ = w / sd
        self.intercept_ = float(ymu - mu @ self.coef_)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("wrong number of columns")
        return X @ self.coef_ + self.intercept_
