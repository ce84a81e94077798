"""Looks for few components of a large table among random projections of it; breaks "No other r
directions rebuild X better".

verdict: wrong_answer
property: test_no_other_directions_rebuild_the_rows_better
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
    if r + 10 < min(n, d):
        sketch = centred @ np.random.default_rng(0).normal(size=(d, r + 10))
        for _ in range(2):
            sketch = centred @ (centred.T @ np.linalg.qr(sketch)[0])
        centred = np.linalg.qr(sketch)[0].T @ centred
    _, s, Vt = np.linalg.svd(centred, full_matrices=False)
    components = Vt[:r].copy()
    variances = s[:r] ** 2 / (n - 1)
    return mean, components, variances
