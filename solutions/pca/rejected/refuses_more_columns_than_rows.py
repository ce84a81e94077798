"""Raises where there are fewer rows than columns; breaks "there may be fewer rows than columns".

verdict: runtime_error
property: test_the_answer_has_the_promised_shapes_and_types
"""

import numpy as np


def pca(X: np.ndarray, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    X = np.asarray(X, dtype=float)
    if X.ndim != 2:
        raise ValueError("X must have two dimensions")
    n, d = X.shape
    if n < 2 or n < d:
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
    return mean, components, variances
