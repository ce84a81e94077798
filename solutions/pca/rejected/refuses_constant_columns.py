"""Raises where a column does not vary; breaks "also where the rows span fewer than r directions,
so that some variances are 0".

verdict: runtime_error
property: test_the_answer_has_the_promised_shapes_and_types
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
    if (X == X[0]).all(axis=0).any():
        raise ValueError("a column does not vary")
    _, singular, directions = np.linalg.svd(centred, full_matrices=False)
    components = directions[:r].copy()
    variances = singular[:r] ** 2 / (n - 1)
    return mean, components, variances
