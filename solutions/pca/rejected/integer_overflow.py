"""Shifts by the first row in the integer type of X, which wraps around for narrow and unsigned
types; breaks "X is a float64 or integer array".

verdict: wrong_answer
property: test_integer_arrays_have_the_variances_of_the_same_floats
"""

import numpy as np


def pca(X: np.ndarray, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    X = np.asarray(X)
    if X.ndim != 2:
        raise ValueError("X must have two dimensions")
    n, d = X.shape
    if n < 2:
        raise ValueError("X needs at least two rows")
    if r < 1 or r > min(n, d):
        raise ValueError("r must lie between 1 and min(n, d)")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    shifted = X - X[0]
    centre = shifted.mean(axis=0)
    mean = X[0] + centre
    centred = shifted - centre
    _, singular, directions = np.linalg.svd(centred, full_matrices=False)
    components = directions[:r].copy()
    variances = singular[:r] ** 2 / (n - 1)
    return mean, components, variances
