"""Computes in float32 for more than a million pairs of rows, to save memory; breaks "exact in float64
(not in float32)".

verdict: wrong_answer
property: test_many_rows_and_columns_fit_into_the_memory
"""

import numpy as np


class KNNClassifier:
    def __init__(self, k=5):
        self.k = k

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y)
        if self.k < 1:
            raise ValueError("k must be at least 1")
        if X.ndim != 2:
            raise ValueError("X must be 2-D")
        if y.shape != (len(X),):
            raise ValueError("y must be of shape (n,)")
        if self.k > len(X):
            raise ValueError("k must be at most n")
        if not np.isfinite(X).all():
            raise ValueError("NaN or infinity")
        self.X, self.y = X, y
        return self

    def _check(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != self.X.shape[1]:
            raise ValueError("X must be of shape (m, d)")
        if not np.isfinite(X).all():
            raise ValueError("NaN or infinity")
        return X

    def kneighbors(self, X):
        X = self._check(X)
        own = self.X
        if len(X) * len(own) > 1_000_000:  # large: half the memory
            X, own = X.astype(np.float32), own.astype(np.float32)
        d2 = (X**2).sum(axis=1)[:, None] - 2 * X @ own.T + (own**2).sum(axis=1)
        d2 = np.maximum(d2, 0).astype(float)
        indices = np.argsort(d2, axis=1, kind="stable")[:, : self.k]
        return np.sqrt(np.take_along_axis(d2, indices, axis=1)), indices

    def predict(self, X):
        _, indices = self.kneighbors(X)
        classes, codes = np.unique(self.y, return_inverse=True)
        votes = codes[indices]
        m, k = votes.shape
        rows = np.arange(m)
        counts = np.zeros((m, len(classes)), dtype=int)
        for j in range(k):
            counts[rows, votes[:, j]] += 1
        # the first neighbour whose class has the most votes
        first = np.take_along_axis(counts, votes, axis=1).argmax(axis=1)
        return classes[votes[rows, first]]
