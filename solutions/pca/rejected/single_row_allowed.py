"""Does not refuse a single row and divides by 0; breaks "ValueError when ... n < 2".

verdict: wrong_answer
property: test_impossible_arguments_are_refused
"""

import numpy as np


def pca(X: np.ndarray, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    X = np.asarray(X, dtype=float)
    if X.ndim != 2:
        raise ValueError("X must have two dimensions")
    n, d = X.shape
    if r < 1 or r > min(n, d):
        raise ValueError("r must lie between 1 and min(n, d)")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    mean = X.mean(axis=0)
    centred = X - mean
    _, singular, directions = np.linalg.svd(centred, full_matrices=False)
    components = directions[:r].copy()
    variances = singular[:r] ** 2 / (n - 1)
    return mean, components, variances
