"""QR decomposition down to a square table of min(n, d) numbers a side, then one-sided Jacobi
rotations (Hestenes) in Python loops until all its rows are orthogonal."""

import math

import numpy as np


def rotate_rows(A, V):
    """Rotate pairs of rows of A, and those of V alike, until the rows of A are orthogonal."""
    k = len(A)
    tiny = 1e-18 * float((A * A).sum())
    for _ in range(60):
        quiet = True
        for i in range(k - 1):
            for j in range(i + 1, k):
                a = float(A[i] @ A[i])
                b = float(A[j] @ A[j])
                c = float(A[i] @ A[j])
                if abs(c) <= tiny or abs(c) <= 1e-13 * math.sqrt(a * b):
                    continue
                quiet = False
                zeta = (b - a) / (2.0 * c)
                t = math.copysign(1.0, zeta) / (abs(zeta) + math.hypot(1.0, zeta))
                cos = 1.0 / math.hypot(1.0, t)
                sin = cos * t
                for M in (A, V):
                    row = cos * M[i] - sin * M[j]
                    M[j] = sin * M[i] + cos * M[j]
                    M[i] = row
        if quiet:
            break


def pca(X, r):
    X = np.array(X, dtype=np.float64)
    if X.ndim != 2:
        raise ValueError("X must be 2-D")
    n, d = X.shape
    if n < 2 or not 1 <= r <= min(n, d):
        raise ValueError("need n >= 2 and 1 <= r <= min(n, d)")
    if not np.all(np.isfinite(X)):
        raise ValueError("X must be finite")
    mean = X[0] + (X - X[0]).sum(axis=0) / n
    centred = X - mean
    if n > d:
        # centred = Q R, so that directions of R are those of the rows
        A = np.linalg.qr(centred, mode="r").T.copy()
        basis = np.eye(d)
    else:
        # rows are combinations of the n columns of `basis`
        basis, R = np.linalg.qr(centred.T)
        A = R.copy()
    V = np.eye(len(A))
    rotate_rows(A, V)
    directions = V @ basis.T
    variances = (A * A).sum(axis=1) / (n - 1)
    largest = np.argsort(-variances, kind="stable")[:r]
    return mean, directions[largest], variances[largest]
