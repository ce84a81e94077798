"""Looks for NaN only and computes on with infinities by replacing what they leave; breaks "when X
holds a NaN or an infinity".

verdict: wrong_answer
property: test_impossible_arguments_are_refused
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
    if np.isnan(X).any():
        raise ValueError("X holds a NaN or an infinity")
    mean = X.mean(axis=0)
    centred = np.nan_to_num(X - mean)
    _, singular, directions = np.linalg.svd(centred, full_matrices=False)
    components = directions[:r].copy()
    variances = singular[:r] ** 2 / (n - 1)
    return mean, components, variances
