"""Takes singular values below a thousandth of the largest for noise; breaks "variances[i] is the
variance of the scores".

verdict: wrong_answer
property: test_each_variance_is_that_of_the_scores
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
    _, s, Vt = np.linalg.svd(centred, full_matrices=False)
    components = Vt[:r].copy()
    s = np.where(s < 1e-3 * s[0], 0.0, s)  # noise
    variances = s[:r] ** 2 / (n - 1)
    return mean, components, variances
