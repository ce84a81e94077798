"""Moves the intercept in turn with the weights instead of centring the columns, which takes forever
where the columns lie far from the origin; breaks "The mean of a column may lie up to 10**4 times as
far as the standard deviation is large".

verdict: wrong_answer
property: test_data_far_from_the_origin_have_the_same_weights
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


def lasso(X, y, alpha):
    X, y = checked(X, y, alpha)
    n, d = X.shape
    Z, _ = centred(X)
    used = np.flatnonzero(Z.any(axis=0))
    columns = np.asfortranarray(X[:, used])
    squares = (columns**2).mean(axis=0)
    w, b = np.zeros(len(used)), 0.0
    r = y.copy()
    for count in range(20000):
        if count % 100 == 99:
            leave_flat_directions(w, Z[:, used].T @ Z[:, used] / n, np.full(len(used), alpha))
        moved = abs(r.mean())
        b += r.mean()
        r -= r.mean()
        for j in range(len(used)):
            old = w[j]
            rho = columns[:, j] @ r / n + squares[j] * old
            w[j] = np.sign(rho) * max(abs(rho) - alpha, 0.0) / squares[j]
            if w[j] != old:
                r += columns[:, j] * (old - w[j])
                moved = max(moved, abs(w[j] - old) * np.sqrt(squares[j]))
        if moved <= 1e-12 * np.abs(y).max():
            break
    coef = np.zeros(d)
    coef[used] = w
    return coef, b + r.mean()
