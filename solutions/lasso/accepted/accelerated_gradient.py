"""Proximal gradient steps with momentum (FISTA) that starts anew where it overshoots; the soft
threshold of each step gives the exact zeros."""

import numpy as np


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


def centred(values):
    """Return the numbers less their mean, exactly 0 where all are equal, and the mean."""
    shifted = values - values[0]
    offset = shifted.mean(axis=0)
    return shifted - offset, values[0] + offset


def lasso(X, y, alpha):
    X, y = checked(X, y, alpha)
    n, d = X.shape
    Z, X_mean = centred(X)
    t, y_mean = centred(y)
    spread = np.sqrt((Z * Z).mean(axis=0))
    size = np.sqrt((t * t).mean())
    coef = np.zeros(d)
    used = spread > 0
    if used.any() and size > 0:
        Z = Z[:, used] / spread[used]
        gram = Z.T @ Z / n
        target = Z.T @ t / n / size
        limit = alpha / spread[used] / size
        step = 1.0 / np.linalg.eigvalsh(gram)[-1]
        w = v = np.zeros(len(target))
        momentum = 1.0
        for _ in range(50000):
            point = v + step * (target - gram @ v)
            new = np.sign(point) * np.maximum(np.abs(point) - step * limit, 0.0)
            if np.abs(new - v).max() < 1e-10 * step and np.abs(new - w).max() < 1e-10 * step:
                w = new
                break
            if (v - new) @ (new - w) > 0:
                momentum = 1.0
            following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
            v = new + (momentum - 1) / following * (new - w)
            w, momentum = new, following
        coef[used] = w * size / spread[used]
    return coef, y_mean - X_mean @ coef
