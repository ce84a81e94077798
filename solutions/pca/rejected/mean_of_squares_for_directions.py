"""Takes the directions from the mean products minus the products of the means, and the variances
from the scores, so that only the directions suffer from the cancellation; breaks "a shift of all
rows by the same vector, as far as \"Size\" allows, changes none of the above".

verdict: wrong_answer
property: test_the_scores_of_two_components_are_uncorrelated
"""

import numpy as np


def _check(X, r):
    X = np.asarray(X)
    if X.ndim != 2:
        raise ValueError("X must be 2-D")
    n, d = X.shape
    if n < 2:
        raise ValueError("need at least two rows")
    if not 1 <= r <= min(n, d):
        raise ValueError("r out of range")
    X = np.array(X, dtype=np.float64, order="C")
    if not np.all(np.isfinite(X)):
        raise ValueError("X must be finite")
    return X


def pca(X: np.ndarray, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Eigenvectors of the smaller of the two Gram matrices."""
    X = _check(X, r)
    n, d = X.shape
    mean = X.mean(axis=0)
    raw = X
    X = X - mean
    if d <= n:
        lam, V = np.linalg.eigh((raw.T @ raw - n * np.outer(mean, mean)) / (n - 1))
        V = V[:, ::-1][:, :r]
    else:
        lam, U = np.linalg.eigh(X @ X.T / (n - 1))
        U = U[:, ::-1][:, :r]
        # Householder QR: orthonormal whatever the rank, the spans nested in order
        V, _ = np.linalg.qr(X.T @ U)
    components = np.ascontiguousarray(V.T)
    scores = X @ V
    variances = np.einsum("ij,ij->j", scores, scores) / (n - 1)
    return mean, components, variances
