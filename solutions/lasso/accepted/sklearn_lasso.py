"""scikit-learn's Lasso with a tight tolerance, least squares for alpha = 0; constant columns are
left out and numbers scaled, since its stopping rule is relative to y.

uses: sklearn scipy
"""

import warnings

import numpy as np
from sklearn.linear_model import Lasso


def checked(X, y, alpha):
    X = np.array(X, dtype=float)
    y = np.array(y, dtype=float)
    if X.ndim != 2:
        raise ValueError("X must have two dimensions")
    if y.shape != (X.shape[0],):
        raise ValueError("y must have one number for each row of X")
    if not np.isfinite(alpha) or alpha < 0:
        raise ValueError("alpha must be a number of 0 or more")
    if not np.isfinite(X).all() or not np.isfinite(y).all():
        raise ValueError("X or y holds a NaN or an infinity")
    return X, y


def lasso(X, y, alpha):
    X, y = checked(X, y, alpha)
    n, d = X.shape
    coef = np.zeros(d)
    used = np.flatnonzero(X.max(axis=0) > X.min(axis=0))
    y_mean = y[0] + (y - y[0]).mean()
    X_mean = X[0] + (X - X[0]).mean(axis=0)
    if len(used) and y.max() > y.min():
        Z = X[:, used] - X_mean[used]
        size = (y - y_mean).std()
        if alpha == 0:
            spread = Z.std(axis=0)
            w, *_ = np.linalg.lstsq(Z / spread, y - y_mean, rcond=1e-9)
            coef[used] = w / spread
        else:
            width = Z.std(axis=0).max()
            penalty = alpha / size / width
            passes = 1000 + 100_000_000 // Z.size
            model = Lasso(alpha=penalty, fit_intercept=False, tol=1e-14, max_iter=passes)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model.fit(Z / width, (y - y_mean) / size)
            coef[used] = model.coef_ * size / width
    return coef, float(y_mean - X_mean @ coef)
