"""Coordinate descent on the inner products alone (covariance updates), visiting the coordinates in
random order of a local generator; the stop is a tiny change of all weights."""

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


def leave_flat_directions(w, gram, penalty):
    """Move w, without changing what it predicts, until the columns in use are independent."""
    while True:
        inside = np.flatnonzero(w)
        if len(inside) == 0:
            return
        values, vectors = np.linalg.eigh(gram[np.ix_(inside, inside)])
        if values[0] > 1e-10:
            return
        v = vectors[:, 0]
        if penalty[inside] * np.sign(w[inside]) @ v > 0:
            v = -v
        ahead = w[inside] * v < -1e-12 * np.abs(w[inside]).max()
        if not ahead.any():
            return
        steps = np.where(ahead, -w[inside] / np.where(ahead, v, 1.0), np.inf)
        first = np.argmin(steps)
        w[inside] += steps[first] * v
        w[inside[first]] = 0.0


def lasso(X, y, alpha):
    X, y = checked(X, y, alpha)
    n, d = X.shape
    Z, X_mean = centred(X)
    t, y_mean = centred(y)
    scale = np.linalg.norm(Z, axis=0)
    size = np.linalg.norm(t)
    coef = np.zeros(d)
    used = [j for j in range(d) if scale[j] > 0]
    if used and size > 0:
        Z = Z[:, used] / scale[used]
        gram = Z.T @ Z
        gradient = Z.T @ (t / size)
        limit = n * alpha / scale[used] / size
        w = np.zeros(len(used))
        rng = np.random.default_rng(1)
        for count in range(20000):
            largest = 0.0
            if count % 50 == 49:
                leave_flat_directions(w, gram, limit)
            for j in rng.permutation(len(used)):
                free = gradient[j] + w[j]
                new = 0.0
                if free > limit[j]:
                    new = free - limit[j]
                elif free < -limit[j]:
                    new = free + limit[j]
                step = new - w[j]
                if step:
                    gradient -= gram[j] * step
                    w[j] = new
                    largest = max(largest, abs(step))
            if largest < 1e-11:
                break
        coef[used] = w * size / scale[used]
    return coef, float(y_mean - X_mean @ coef)
