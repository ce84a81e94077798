"""Stops when no weight changes by more than 1e-4 of the scale of y; breaks "Up to 10**-6 * s_j *
s_y".

verdict: wrong_answer
property: test_the_conditions_of_a_minimum_hold
"""

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


def violation(w, g, penalty):
    """Return how far the gradient g is from what the optimum asks for."""
    at_zero = np.maximum(np.abs(g) - penalty, 0.0)
    wrong = np.where(w == 0, at_zero, np.abs(g - penalty * np.sign(w)))
    return wrong.max(initial=0.0)


def lasso(X, y, alpha):
    X, y = checked(X, y, alpha)
    n, d = X.shape
    Z, X_mean = centred(X)
    r, y_mean = centred(y)
    scale = np.sqrt((Z * Z).mean(axis=0))
    used = np.flatnonzero(scale)
    y_scale = np.sqrt((r * r).mean())
    Z = np.asfortranarray(Z[:, used] / scale[used])
    penalty = alpha / scale[used]
    w = np.zeros(len(used))
    for count in range(20000):
        if count % 100 == 99:
            leave_flat_directions(w, Z.T @ Z / n, penalty)
        before = w.copy()
        for j in range(len(used)):
            old = w[j]
            rho = Z[:, j] @ r / n + old
            new = np.sign(rho) * max(abs(rho) - penalty[j], 0.0)
            if new != old:
                r += Z[:, j] * (old - new)
                w[j] = new
        if np.abs(w - before).max(initial=0.0) <= 1e-4 * y_scale:
            break
    coef = np.zeros(d)
    coef[used] = w / scale[used]
    intercept = y_mean - X_mean @ coef
    return coef, intercept
