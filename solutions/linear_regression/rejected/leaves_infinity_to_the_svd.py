"""Leaves it to the SVD to raise an error, which does not see a column that it takes for constant;
breaks "ValueError ... when either holds a NaN or an infinity".

verdict: wrong_answer
property: test_fit_refuses_what_it_cannot_use
"""

import numpy as np


class LinearRegression:
    def fit(self, X, y):
        X = np.asarray(X)
        y = np.asarray(y)
        if X.ndim != 2:
            raise ValueError("X")
        if y.shape != (X.shape[0],):
            raise ValueError("y")
        X = X.astype(np.float64)
        y = y.astype(np.float64)
        if not np.isfinite(y).all():
            raise ValueError("y not finite")
        mean = X.mean(axis=0)
        C = X - mean
        C -= C.mean(axis=0)
        C[:, (X == X[0]).all(axis=0)] = 0.0
        scale = np.sqrt((C**2).sum(axis=0))
        scale[scale == 0] = 1.0
        Z = C / scale
        ym = y.mean()
        t = y - ym
        U, s, Vt = np.linalg.svd(Z, full_matrices=False)
        keep = s > 1e-9 * max(s[0], 1e-300)
        w = Vt[keep].T @ ((U[:, keep].T @ t) / s[keep])
        self.coef_ = w / scale
        self.intercept_ = float(ym - mean @ self.coef_)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError("columns")
        return X @ self.coef_ + self.intercept_
