"""Makes weights below 1e-10 zero, which huge columns rightly have; breaks "where coef[j] is exactly
0".

verdict: wrong_answer
property: test_no_scale_of_the_columns_and_of_y_is_special
"""

import numpy as np


def lasso(X: np.ndarray, y: np.ndarray, alpha: float) -> tuple[np.ndarray, float]:
    """Return (coef of shape (d,), intercept) for X of shape (n, d) and y of shape (n,)."""
    X = np.asarray(X)
    y = np.asarray(y)
    if X.ndim != 2:
        raise ValueError("X must be 2-D")
    n, d = X.shape
    if y.shape != (n,):
        raise ValueError("y must be of shape (n,)")
    if not np.isfinite(alpha) or alpha < 0:
        raise ValueError("alpha must be finite and at least 0")
    X = X.astype(np.float64)
    y = y.astype(np.float64)
    if not np.isfinite(X).all() or not np.isfinite(y).all():
        raise ValueError("X and y must be finite")
    alpha = float(alpha)

    coef = np.zeros(d)
    y_mean = y.mean()
    x_mean = X.mean(axis=0)
    varies = X.max(axis=0) > X.min(axis=0)
    if not varies.any() or y.max() == y.min():
        return coef, float(y_mean)

    Z = X - x_mean
    Z -= Z.mean(axis=0)
    r = y - y_mean
    s_y = np.sqrt(np.mean(r * r))
    std = np.sqrt(np.mean(Z * Z, axis=0))
    Z = np.asfortranarray(Z[:, varies] / std[varies])
    penalty = alpha / std[varies]
    if alpha == 0:
        u = np.linalg.lstsq(Z, r, rcond=1e-6)[0]
    else:
        u = descend(Z, r, penalty, 1e-8 * s_y)
    coef[varies] = u / std[varies]
    coef[np.abs(coef) < 1e-10] = 0.0
    intercept = y_mean - x_mean @ coef
    return coef, float(intercept)


def descend(Z, r, penalty, tol):
    n, k = Z.shape
    columns = [Z[:, j] for j in range(k)]
    limits = penalty.tolist()
    u = [0.0] * k
    everything = range(k)
    for _ in range(200):
        sweep(columns, limits, u, r, n, everything)
        # then the weights that are not 0, until they stand still
        active = [j for j in everything if u[j] != 0.0]
        for _ in range(3000):
            if sweep(columns, limits, u, r, n, active) <= tol / 20:
                break
        g = Z.T @ r / n
        w = np.array(u)
        excess = np.where(w != 0, np.abs(g - np.sign(w) * penalty), np.abs(g) - penalty)
        if excess.max() <= tol:
            break
    return np.array(u)


def sweep(columns, limits, u, r, n, indices):
    most = 0.0
    for j in indices:
        z = columns[j]
        old = u[j]
        rho = float(z @ r) / n + old
        if rho > limits[j]:
            new = rho - limits[j]
        elif rho < -limits[j]:
            new = rho + limits[j]
        else:
            new = 0.0
        if new != old:
            r -= (new - old) * z
            u[j] = new
            most = max(most, abs(new - old))
    return most
