"""Subtracts each found direction from the data and goes on without keeping the directions
orthogonal, so that nothing but noise decides where no variance is left; breaks "This holds for
every r that is allowed".

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
    rest = X - mean
    components = np.zeros((r, d))
    variances = np.zeros(r)
    for i in range(r):
        _, singular, directions = np.linalg.svd(rest, full_matrices=False)
        components[i] = directions[0]
        variances[i] = singular[0] ** 2 / (n - 1)
        rest = rest - np.outer(rest @ components[i], components[i])
    return mean, components, variances
