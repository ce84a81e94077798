"""Gives plausible shapes and wrong answers: the first k rows, and labels that are all 0."""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    if k < 1 or k > len(X) or not np.isfinite(X).all():
        raise ValueError("k or X")
    return np.array(X[:k], dtype=float), np.zeros(len(X), dtype=int)
