"""Flattens y before its shape is compared with X, so that a column of classes is accepted; breaks
"when y is not of shape (n,)".

verdict: wrong_answer
property: test_fit_refuses_what_it_cannot_use
"""

import numpy as np


def _matrix(X):
    X = np.asarray(X)
    if X.ndim != 2:
        raise ValueError("X must be two-dimensional")
    X = X.astype(np.float64)
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    return X


class KNNClassifier:
    """Gram identity in blocks of new rows, stable argsort, counting votes."""

    def __init__(self, k: int = 5) -> None:
        if k < 1:
            raise ValueError("k must be at least 1")
        self.k = k

    def fit(self, X, y):
        X = _matrix(X)
        y = np.asarray(y).ravel()
        n = X.shape[0]
        if y.shape != (n,):
            raise ValueError("y must have shape (n,)")
        if self.k > n:
            raise ValueError("k is larger than the number of rows")
        self._X = X
        self._norms = np.einsum("ij,ij->i", X, X)
        self._classes, self._codes = np.unique(y, return_inverse=True)
        return self

    def _check(self, X):
        X = _matrix(X)
        if X.shape[1] != self._X.shape[1]:
            raise ValueError("X has another number of columns")
        return X

    def kneighbors(self, X):
        X = self._check(X)
        m = X.shape[0]
        distances = np.empty((m, self.k))
        indices = np.empty((m, self.k), dtype=np.int64)
        block = 256
        for start in range(0, m, block):
            Q = X[start : start + block]
            d2 = (Q * Q).sum(axis=1)[:, None] + self._norms - 2.0 * (Q @ self._X.T)
            order = np.argsort(d2, axis=1, kind="stable")[:, : self.k]
            indices[start : start + block] = order
            nearest = np.take_along_axis(d2, order, axis=1)
            distances[start : start + block] = np.sqrt(np.maximum(nearest, 0.0))
        return distances, indices

    def predict(self, X):
        _, indices = self.kneighbors(X)
        m = indices.shape[0]
        votes = self._codes[indices]
        counts = np.zeros((m, len(self._classes)), dtype=np.int64)
        rows = np.arange(m)
        for j in range(self.k):
            counts[rows, votes[:, j]] += 1
        # votes of the class of each neighbour; argmax takes the first neighbour
        support = np.take_along_axis(counts, votes, axis=1)
        winner = np.argmax(support, axis=1)
        return self._classes[votes[rows, winner]]
