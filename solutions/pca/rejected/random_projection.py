"""Finds the directions inside a random projection from the global generator; breaks "Equal calls
give exactly equal answers".

verdict: wrong_answer
property: test_equal_calls_give_equal_answers
"""

import numpy as np


def pca(X: np.ndarray, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    X = np.asarray(X, dtype=float)
    if X.ndim != 2:
        raise ValueError("X must have two dimensions")
    n, d = X.shape
    if n < 2:
        raise ValueError("X needs at least two rows")
    if r < 1 or r > min(n, d):
        raise ValueError("r must lie between 1 and min(n, d)")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    mean = X.mean(axis=0)
    centred = X - mean
    start = np.random.normal(size=(d, min(n, d)))
    basis, _ = np.linalg.qr(centred.T @ (centred @ start))
    _, singular, directions = np.linalg.svd(centred @ basis, full_matrices=False)
    components = directions[:r] @ basis.T
    variances = singular[:r] ** 2 / (n - 1)
    return mean, components, variances
