"""Centres the table first and takes the mean that it returns from what is left; breaks "`mean` holds
the mean of each column".

verdict: wrong_answer
property: test_the_mean_is_the_mean_of_each_column
"""

import numpy as np


def pca(X: np.ndarray, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) < 2 or not 1 <= r <= min(X.shape):
        raise ValueError("X must be a table, and r at most as large as it is narrow")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    X = X - X.mean(axis=0)
    _, lengths, directions = np.linalg.svd(X, full_matrices=False)
    return X.mean(axis=0), directions[:r], lengths[:r] ** 2 / (len(X) - 1)
