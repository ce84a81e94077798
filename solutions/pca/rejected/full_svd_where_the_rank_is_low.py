"""Takes the directions that nothing determines from a full SVD, a table of d x d numbers; breaks
"make no table of d x d numbers".

verdict: memory_limit_exceeded
property: test_the_cost_grows_linearly_with_the_columns
"""

import numpy as np


def _check(X, r):
    X = np.asarray(X)
    if X.ndim != 2:
        raise ValueError("X must be 2-D")
    n, d = X.shape
    if n < 2:
        raise ValueError("need two rows")
    if not 1 <= r <= min(n, d):
        raise ValueError("r out of range")
    if not np.isfinite(X).all():
        raise ValueError("NaN or infinity in X")
    return n, d


def pca(X, r):
    n, d = _check(X, r)
    X = np.array(X, dtype=np.float64)
    mean = X.mean(axis=0)
    Xc = X - mean
    if d <= n:
        lam, V = np.linalg.eigh(Xc.T @ Xc)
        return mean, V[:, ::-1].T[:r].copy(), np.maximum(lam[::-1][:r], 0.0) / (n - 1)
    lam, U = np.linalg.eigh(Xc @ Xc.T)
    lam, U = lam[::-1], U[:, ::-1]
    rank = int(np.sum(lam > 1e-10 * lam[0])) if lam[0] > 0 else 0
    if rank < r:  # fill up from the null space
        _, s, Vt = np.linalg.svd(Xc, full_matrices=True)
        return mean, Vt[:r].copy(), s[:r] ** 2 / (n - 1)
    Q, _ = np.linalg.qr(Xc.T @ U[:, :r])
    return mean, Q.T.copy(), np.sum((Xc @ Q) ** 2, axis=0) / (n - 1)
