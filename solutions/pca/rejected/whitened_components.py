"""Divides each component by the standard deviation of its scores; breaks "components @
components.T is the identity matrix".

verdict: wrong_answer
property: test_the_components_are_orthonormal
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
    _, singular, directions = np.linalg.svd(centred, full_matrices=False)
    components = directions[:r].copy()
    variances = singular[:r] ** 2 / (n - 1)
    components /= np.sqrt(np.maximum(variances, 1e-300))[:, None]
    return mean, components, variances
