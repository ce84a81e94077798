"""Weights as a difference of two parts that are not negative, solved exactly for a growing and
shrinking set of active parts (as Lawson and Hanson do for nonnegative least squares)."""

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


def nonnegative_minimum(A, c, tolerance):
    """Minimise v @ A @ v / 2 - c @ v over v >= 0."""
    v = np.zeros(len(c))
    active = []
    for _ in range(100 * len(c) + 100):
        gradient = c - A @ v
        gradient[active] = -np.inf
        best = int(np.argmax(gradient))
        if gradient[best] <= tolerance:
            break
        active.append(best)
        while active:
            now = v[active]
            among = A[np.ix_(active, active)]
            lengths, directions = np.linalg.eigh(among)
            if lengths[0] > 1e-10 * lengths[-1]:
                solved = np.linalg.solve(among, c[active])
                if solved.min() > 0:
                    v[:] = 0.0
                    v[active] = solved
                    break
                low = solved <= 0
                step = solved - now
            else:
                # Parts that depend on each other: nothing curves along this direction, so the
                # minimum lies where it leaves the parts that are not negative.
                step = directions[:, 0] * (1 if c[active] @ directions[:, 0] > 0 else -1)
                if step.min() >= 0:
                    step = -step
                low = step < 0
            share = np.min(now[low] / -step[low])
            moved = now + share * step
            moved[low & (moved <= 1e-14)] = 0.0
            if not (moved[low] == 0.0).any():
                moved[np.flatnonzero(low)[np.argmin(moved[low])]] = 0.0
            v[active] = moved
            active = [j for j, number in zip(active, moved) if number > 0.0]
            v[[j for j in range(len(v)) if j not in active]] = 0.0
    return v


def lasso(X, y, alpha):
    X, y = checked(X, y, alpha)
    n, d = X.shape
    Z, X_mean = centred(X)
    t, y_mean = centred(y)
    spread = np.sqrt((Z * Z).mean(axis=0))
    size = np.sqrt((t * t).mean())
    coef = np.zeros(d)
    used = np.flatnonzero(spread)
    if size > 0 and len(used) > 0:
        Z = Z[:, used] / spread[used]
        gram = Z.T @ Z / n
        target = Z.T @ t / n / size
        limit = alpha / spread[used] / size
        A = np.block([[gram, -gram], [-gram, gram]])
        c = np.concatenate([target - limit, -target - limit])
        parts = nonnegative_minimum(A, c, 1e-10)
        coef[used] = (parts[: len(used)] - parts[len(used) :]) * size / spread[used]
    return coef, float(y_mean - X_mean @ coef)
