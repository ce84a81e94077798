"""Takes the last r directions of the singular value decomposition, as one would with eigh, which
sorts upwards; breaks "The variances are the r largest that there are".

verdict: wrong_answer
property: test_no_other_directions_rebuild_the_rows_better
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
    return mean, directions[-r:], lengths[-r:] ** 2 / (len(X) - 1)
