"""Gathers the three arrays in a list; breaks "The answer is a tuple of three float64 arrays".

verdict: wrong_answer
property: test_the_answer_has_the_promised_shapes_and_types
"""

import numpy as np


def pca(X: np.ndarray, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) < 2 or not 1 <= r <= min(X.shape):
        raise ValueError("X must be a table, and r at most as large as it is narrow")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    mean = X.mean(axis=0)
    _, lengths, directions = np.linalg.svd(X - mean, full_matrices=False)
    return [mean, directions[:r], lengths[:r] ** 2 / (len(X) - 1)]
