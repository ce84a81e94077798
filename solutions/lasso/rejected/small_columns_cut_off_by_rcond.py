"""Solves for alpha = 0 with columns that are not scaled, and takes singular values below 1e-8 of
the largest for 0, so that a much smaller column loses its weight; breaks "With alpha = 0 the answer
is a least-squares fit".

verdict: wrong_answer
property: test_no_scale_of_the_columns_and_of_y_is_special
"""

import numpy as np


def _prepare(X, y, alpha):
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim != 2 or y.shape != (X.shape[0],):
        raise ValueError("shapes")
    alpha = float(alpha)
    X = X.astype(np.float64)
    y = y.astype(np.float64)
    if not (np.isfinite(alpha) and alpha >= 0 and np.isfinite(X).all() and np.isfinite(y).all()):
        raise ValueError("alpha, X and y must be finite, alpha not negative")
    return X, y, alpha


def _centre(A):
    first = A[0].copy() if A.ndim > 1 else A[0]
    D = A - first
    m = D.mean(axis=0)
    D = D - m
    return first + m, D


def _active_set(G, c, a, v):
    """min v'Gv/2 - c'v + a'|v| as a non-negative problem in (v+, v-); exact, copes with singular G."""
    d = len(c)
    H = np.block([[G, -G], [-G, G]])
    q = np.concatenate([c - a, -c - a])
    u = np.zeros(2 * d)
    P = []
    for _ in range(200 * d):
        grad = q - H @ u
        grad[P] = -np.inf
        j = int(np.argmax(grad))
        if grad[j] <= 1e-11:
            break
        P.append(j)
        fresh = True
        while P:
            base = P[:-1] if fresh else P
            direction = None
            if fresh and base:
                z = np.linalg.lstsq(H[np.ix_(base, base)], H[base, j], rcond=1e-7)[0]
                if (
                    H[j, j] - H[j, base] @ z < 1e-6
                ):  # j depends on the others: go along the null direction
                    direction = np.append(-z, 1.0)
                    step_max = np.inf
            if direction is None:
                direction = np.linalg.solve(H[np.ix_(P, P)], q[P]) - u[P]
                step_max = 1.0
            neg = direction < 0
            ratios = np.full(len(P), np.inf)
            ratios[neg] = u[P][neg] / -direction[neg]
            k = int(np.argmin(ratios))
            t = min(step_max, ratios[k])
            u[P] = np.maximum(u[P] + t * direction, 0.0)
            if ratios[k] <= step_max:
                u[P[k]] = 0.0
                gone = P.pop(k)
                if gone == j:
                    break
                fresh = False
                continue
            break
    return u[:d] - u[d:]


def _violation(g, v, a):
    return np.where(
        v > 0, np.abs(g - a), np.where(v < 0, np.abs(g + a), np.maximum(np.abs(g) - a, 0))
    ).max()


def lasso(X, y, alpha):
    X, y, alpha = _prepare(X, y, alpha)
    n, d = X.shape
    coef = np.zeros(d)
    ymean, yc = _centre(y)
    xmean, Xc = _centre(X)
    vary = np.flatnonzero((X != X[0]).any(axis=0))
    if vary.size == 0 or (y == y[0]).all():
        return coef, float(ymean)
    sx = np.sqrt((Xc[:, vary] ** 2).mean(axis=0))
    sy = np.sqrt((yc**2).mean())
    Z = np.asfortranarray(Xc[:, vary] / sx)
    t = yc / sy
    if alpha == 0:
        coef[vary] = np.linalg.lstsq(Xc[:, vary], yc, rcond=1e-8)[0]
        return coef, float(ymean - xmean @ coef)
    else:
        a = np.maximum(alpha / sx / sy, 1e-12)
        m = len(vary)
        v = np.zeros(m)
        r = t.copy()
        cols = [Z[:, j] for j in range(m)]
        work = range(m)
        for sweep in range(300):
            moved = 0.0
            for j in work:
                old = v[j]
                rho = cols[j] @ r / n + old
                new = rho - a[j] if rho > a[j] else rho + a[j] if rho < -a[j] else 0.0
                if new != old:
                    r += (old - new) * cols[j]
                    v[j] = new
                    moved = max(moved, abs(new - old))
            if moved < 1e-10:
                if len(work) == m:
                    break
                work = range(m)
            else:
                work = np.flatnonzero(v).tolist()
        if _violation(Z.T @ (t - Z @ v) / n, v, a) > 1e-8:
            v = _active_set(Z.T @ Z / n, Z.T @ t / n, a, v)
    coef[vary] = v * sy / sx
    return coef, float(ymean - xmean[vary] @ coef[vary])
