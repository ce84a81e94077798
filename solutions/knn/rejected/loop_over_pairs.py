"""Computes the distance of each pair of rows in a Python loop; breaks "So visit no pair of rows
in Python".

verdict: time_limit_exceeded
property: test_300_new_rows_take_at_most_3_times_as_long_as_plain_numpy
"""

from collections import Counter

import numpy as np


class KNNClassifier:
    def __init__(self, k=5):
        if k < 1:
            raise ValueError("k must be at least 1")
        self.k = k

    def fit(self, X, y):
        X = self._matrix(X)
        y = np.array(y)
        if y.shape != (len(X),):
            raise ValueError("y must have one class for each row of X")
        if self.k > len(X):
            raise ValueError("k is larger than the number of rows")
        self.X = X
        self.y = y
        return self

    def kneighbors(self, X):
        X = self._new_rows(X)
        distances = np.empty((len(X), self.k))
        indices = np.empty((len(X), self.k), dtype=np.int64)
        for i, row in enumerate(X):
            squares = np.array([((known - row) ** 2).sum() for known in self.X])
            order = np.argsort(squares, kind="stable")[: self.k]
            indices[i] = order
            distances[i] = np.sqrt(squares[order])
        return distances, indices

    def predict(self, X):
        _, indices = self.kneighbors(X)
        answer = []
        for row in indices:
            # most_common keeps the order of the first occurrence among equal counts
            answer.append(Counter(self.y[row].tolist()).most_common(1)[0][0])
        return np.array(answer, dtype=np.int64)

    def _new_rows(self, X):
        X = self._matrix(X)
        if X.shape[1] != self.X.shape[1]:
            raise ValueError("X has another number of columns than in fit")
        return X

    @staticmethod
    def _matrix(X):
        X = np.array(X, dtype=np.float64)
        if X.ndim != 2:
            raise ValueError("X must have two dimensions")
        if not np.isfinite(X).all():
            raise ValueError("X holds a NaN or an infinity")
        return X
