"""An iterative route: Golub-Kahan bidiagonalisation with full reorthogonalisation.

It starts from y, stops when the Krylov space is exhausted, and solves the small
bidiagonal problem at the end; X is only ever used in matrix-vector products.
"""

import numpy as np

EPS = 1e-13


def _orthogonalise(v, basis):
    for _ in range(2):
        for_basis = basis @ v
        v = v - for_basis @ basis
    return v


def _bidiagonalise(A, b):
    """Return U, B, V with A V = U B (rows of U and V are the vectors)."""
    n, d = A.shape
    U = np.empty((0, n))
    V = np.empty((0, d))
    size = np.linalg.norm(A)
    u = b / np.linalg.norm(b)
    U = np.vstack([U, u])
    for _ in range(min(n, d)):
        v = _orthogonalise(A.T @ U[-1], V)
        alpha = np.linalg.norm(v)
        if alpha <= EPS * size:
            break
        V = np.vstack([V, v / alpha])
        u = _orthogonalise(A @ V[-1], U)
        beta = np.linalg.norm(u)
        if beta <= EPS * size:
            break
        U = np.vstack([U, u / beta])
    return U, U @ A @ V.T, V


class LinearRegression:
    def fit(self, X, y):
        X, y = np.asarray(X), np.asarray(y)
        if X.ndim != 2:
            raise ValueError("X must have two dimensions")
        if y.shape != X.shape[:1]:
            raise ValueError("y must have one value for each row of X")
        if not (np.all(np.isfinite(X)) and np.all(np.isfinite(y))):
            raise ValueError("NaN or infinity in the data")
        X, y = X.astype(np.float64), y.astype(np.float64)

        anchor = X[len(X) // 2].copy()
        A = X - anchor
        spread = np.ptp(X, axis=0)
        active = spread > 1e-12 * np.abs(X).max(axis=0)
        A = A[:, active] / spread[active]
        A_mean = A.mean(axis=0)
        A = A - A_mean
        lengths = np.linalg.norm(A, axis=0)
        A = A / lengths
        b = y - y.mean()

        self.coef_ = np.zeros(X.shape[1])
        if active.any() and b.any():
            U, B, V = _bidiagonalise(A, b)
            if len(V):
                P, s, Qt = np.linalg.svd(B, full_matrices=False)
                keep = s > 1e-12 * s[0]
                w = V.T @ (Qt[keep].T @ (P[:, keep].T @ (U @ b) / s[keep]))
                self.coef_[active] = w / lengths / spread[active]
        centre = anchor.copy()
        centre[active] += A_mean * spread[active]
        self.intercept_ = float(y.mean() - centre @ self.coef_)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.ndim != 2 or X.shape[1] != len(self.coef_):
            raise ValueError(f"predict wants {len(self.coef_)} columns")
        return X @ self.coef_ + self.intercept_
