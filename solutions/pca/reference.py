"""The singular value decomposition of the centred rows, without ever forming their covariance."""

import numpy as np


def pca(X, r):
    if X.ndim != 2 or len(X) < 2:
        raise ValueError(f"X must be a table of two rows or more, not of shape {X.shape}")
    if not 1 <= r <= min(X.shape):
        raise ValueError(f"r must be between 1 and {min(X.shape)}, not {r}")
    if not np.isfinite(X).all():
        raise ValueError("X must not hold NaN or infinity")

    # The mean is in float64, and so is X - mean, whichever type of integers X holds.
    mean = X.mean(axis=0)
    # full_matrices=False leaves out the directions beyond min(n, d): a table of d x d or n x n.
    # What is left is orthonormal whatever the singular values are, zeros included.
    _, lengths, directions = np.linalg.svd(X - mean, full_matrices=False)
    return mean, directions[:r], lengths[:r] ** 2 / (len(X) - 1)
