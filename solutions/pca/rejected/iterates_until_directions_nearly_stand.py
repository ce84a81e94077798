"""Stops its orthogonal iteration when no entry of a direction moves by more than 1e-5, which the
variances hardly show; breaks "the sum of the products of their scores, divided by n - 1, is 0".

verdict: wrong_answer
property: test_the_scores_of_two_components_are_uncorrelated
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
    V = np.linalg.qr(np.random.default_rng(0).normal(size=(len(R), len(R))))[0]
    # A small part of the identity keeps directions without variance from turning at random.
    C = R @ R.T + (1e-12 * (R**2).sum() + 1e-300) * np.eye(len(R))
    for _ in range(1000):
        before, V = V, np.linalg.qr(C @ V)[0]
        V *= np.where((V * before).sum(axis=0) < 0, -1.0, 1.0)
        if np.abs(V - before).max() < 1e-5:
            break
    variances = ((R.T @ V) ** 2).sum(axis=0) / (len(X) - 1)
    order = np.argsort(-variances)[:r]
    return mean, (Q @ V[:, order]).T, variances[order]
