"""Decomposes tables of more than 20,000 numbers in single precision; breaks "the identity matrix to
within 1e-9".

verdict: wrong_answer
property: test_the_components_are_orthonormal
"""

import numpy as np


def pca(X: np.ndarray, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (mean of shape (d,), components of shape (r, d), variances of shape (r,))."""
    X = np.asarray(X)
    if X.ndim != 2:
        raise ValueError("X must be 2-D")
    n, d = X.shape
    if n < 2:
        raise ValueError("at least two rows are needed")
    if r < 1 or r > min(n, d):
        raise ValueError("r must lie from 1 to min(n, d)")
    X = X.astype(np.float64)
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    mean = X.mean(axis=0)
    centred = X - mean
    if X.size > 20_000:
        centred = centred.astype(np.float32)  # halves the time
    _, s, Vt = np.linalg.svd(centred, full_matrices=False)
    components = Vt[:r].astype(np.float64)
    variances = s[:r].astype(np.float64) ** 2 / (n - 1)
    return mean, components, variances
