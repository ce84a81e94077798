"""Stops its orthogonal iteration when no entry of a direction moves by more than 3e-5, which the
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
    centred = X - mean
    k = min(X.shape)
    V = np.linalg.qr(np.random.default_rng(0).normal(size=(X.shape[1], k)))[0]
    for _ in range(5000):
        # A small part of the identity keeps directions without variance from turning at random.
        shift = 1e-12 * (centred**2).sum() + 1e-300
        before, V = V, np.linalg.qr(centred.T @ (centred @ V) + shift * V)[0]
        V *= np.where((V * before).sum(axis=0) < 0, -1.0, 1.0)
        if np.abs(V - before).max() < 3e-5:
            break
    variances = ((centred @ V) ** 2).sum(axis=0) / (len(X) - 1)
    order = np.argsort(-variances)[:r]
    return mean, V[:, order].T, variances[order]
