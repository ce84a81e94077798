"""Turns the eigenvalues of eigh round, but not their eigenvectors; breaks "variances[i] is the
variance of the scores in column i".

verdict: wrong_answer
property: test_each_variance_is_that_of_the_scores
"""

import numpy as np


def pca(X: np.ndarray, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) < 2 or not 1 <= r <= min(X.shape):
        raise ValueError("X must be a table, and r at most as large as it is narrow")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    mean = X.mean(axis=0)
    # In the coordinates of Q the rows are a table of min(n, d) columns.
    Q, R = np.linalg.qr((X - mean).T)
    values, vectors = np.linalg.eigh(R @ R.T / (len(X) - 1))
    components = (Q @ vectors[:, -r:]).T
    return mean, components, np.maximum(values[::-1][:r], 0.0)
