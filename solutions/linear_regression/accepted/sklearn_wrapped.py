"""scikit-learn's LinearRegression, in float64, on scaled columns without constants.

The data go through scikit-learn's PCA first, which whitens them and leaves out the
directions that are empty but for rounding: LinearRegression's own rank cut (its
`tol`, 1e-6 in new versions, near machine precision in old ones) suits neither
columns of very different scales nor rounded collinear ones.

uses: sklearn.linear_model sklearn.decomposition scipy
"""

import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression as _SklearnLinearRegression


class LinearRegression:
    def fit(self, X, y):
        X, y = np.asarray(X), np.asarray(y)
        if X.ndim != 2:
            raise ValueError("X must be two-dimensional")
        if y.shape != (X.shape[0],):
            raise ValueError("y must have one value for each row of X")
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("X and y must be finite")
        X, y = X.astype(np.float64), y.astype(np.float64)

        coef = np.zeros(X.shape[1])
        spread = np.ptp(X, axis=0)
        active = np.flatnonzero(spread > 1e-12 * np.abs(X).max(axis=0))
        centre = X.mean(axis=0)
        if active.size:
            scale = np.linalg.norm(X[:, active] - centre[active], axis=0)
            Z = (X[:, active] - centre[active]) / scale
            pca = PCA(svd_solver="full").fit(Z)
            s = pca.singular_values_
            keep = s > 1e-12 * s[0]
            whiten = pca.components_[keep].T / s[keep]
            inner = _SklearnLinearRegression().fit(Z @ whiten, y)
            coef[active] = whiten @ inner.coef_ / scale
        self.coef_ = coef
        self.intercept_ = float(np.mean(y) - centre @ coef)
        return self

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self.coef_.shape[0]:
            raise ValueError(f"X must have {self.coef_.shape[0]} columns")
        return X.astype(np.float64) @ self.coef_ + self.intercept_
