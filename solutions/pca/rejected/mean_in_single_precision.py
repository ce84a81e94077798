"""Takes the mean in single precision, to save memory, and widens it afterwards; breaks "up to 10**-12
times the largest number in the column".

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
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean.astype(np.float32).astype(float), Vt[:r], s[:r] ** 2 / (len(X) - 1)
