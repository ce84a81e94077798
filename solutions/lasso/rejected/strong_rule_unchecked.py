"""Leaves out the columns that the strong rule takes for useless, by their slopes without any
weights, and never looks at them again; breaks "-alpha <= g_j <= alpha where coef[j] is exactly 0".

verdict: wrong_answer
property: test_the_conditions_of_a_minimum_hold
"""

import numpy as np


def lasso(X: np.ndarray, y: np.ndarray, alpha: float) -> tuple[np.ndarray, float]:
    """Coordinate descent on standardised columns, stopped by the KKT conditions."""
    X = np.asarray(X)
    y = np.asarray(y)
    if X.ndim != 2:
        raise ValueError("X must be 2-D")
    n, d = X.shape
    if y.shape != (n,):
        raise ValueError("y must have shape (n,)")
    if not np.isfinite(alpha) or alpha < 0:
        raise ValueError("alpha must be finite and not negative")
    X = np.array(X, dtype=np.float64, order="C")
    y = np.array(y, dtype=np.float64)
    if not (np.isfinite(X).all() and np.isfinite(y).all()):
        raise ValueError("X and y must be finite")

    coef = np.zeros(d)
    keep = np.flatnonzero(X.max(axis=0) != X.min(axis=0))
    if y.max() == y.min():
        return coef, float(y[0])
    y_mean = y.mean()
    if len(keep) == 0:
        return coef, float(y_mean)

    Xk = X[:, keep]
    x_mean = Xk.mean(axis=0)
    Z = (Xk - x_mean).T.copy()  # one row per column of X
    Z -= Z.mean(axis=1, keepdims=True)
    s = np.sqrt((Z * Z).mean(axis=1))
    Z /= s[:, None]
    r = y - y_mean
    s_y = np.sqrt((r * r).mean())
    r /= s_y
    target = r.copy()
    lam = float(alpha) / (s * s_y)

    if alpha == 0:
        u = np.linalg.lstsq(Z.T, target, rcond=1e-6)[0]
    else:
        c = np.abs(Z @ target / n) * s * s_y
        strong = np.flatnonzero(c >= 2 * alpha - c.max())  # screening
        u = np.zeros(len(s))
        if len(strong):
            u[strong] = _descend(Z[strong], target, lam[strong])
    coef[keep] = u * (s_y / s)
    b = y_mean - x_mean @ coef[keep]
    b += (y - X @ coef - b).mean()
    return coef, float(b)


def _violation(Z, r, u, lam):
    g = Z @ r / len(r)
    return np.where(u == 0, np.abs(g) - lam, np.abs(g - np.sign(u) * lam)).max()


def _descend(Z, target, lam):
    k, n = Z.shape
    u = np.zeros(k)
    r = target.copy()
    for sweep in range(60_000):
        for j in range(k):
            z = Z[j]
            old = u[j]
            rho = z @ r / n + old
            if rho > lam[j]:
                new = rho - lam[j]
            elif rho < -lam[j]:
                new = rho + lam[j]
            else:
                new = 0.0
            if new != old:
                r -= (new - old) * z
                u[j] = new
        if sweep % 5 == 4:
            r = target - u @ Z
            if _violation(Z, r, u, lam) <= 1e-9:
                break
    return u
