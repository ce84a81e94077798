"""Runs 100 power iterations for each direction, too few where two variances are near each other;
breaks "variances[i] is the greatest variance that any direction orthogonal to the first i
components has".

verdict: wrong_answer
property: test_no_other_directions_rebuild_the_rows_better
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
    rng = np.random.default_rng(0)
    components = np.zeros((r, d))
    for i in range(r):
        v = rng.normal(size=d)
        for _ in range(100):
            v = v - components[:i].T @ (components[:i] @ v)
            v = v / np.linalg.norm(v)
            w = centred.T @ (centred @ v)
            if np.linalg.norm(w) <= 1e-13 * (centred**2).sum():
                break
            v = w
        v = v - components[:i].T @ (components[:i] @ v)
        v = v / np.linalg.norm(v)
        v = v - components[:i].T @ (components[:i] @ v)
        components[i] = v / np.linalg.norm(v)
    variances = ((centred @ components.T) ** 2).sum(axis=0) / (n - 1)
    return mean, components, variances
