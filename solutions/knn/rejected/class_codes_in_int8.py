"""Shifts the classes by the smallest one in their own type to use them as positions, where int8
runs over; breaks "Integer arrays come in the NumPy types int8 to int64 and uint8 to uint32".

verdict: runtime_error
property: test_integers_of_any_type_are_as_far_apart_as_the_same_floats
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
            squares = ((self.X - row) ** 2).sum(axis=1)
            order = np.argsort(squares, kind="stable")[: self.k]
            indices[i] = order
            distances[i] = np.sqrt(squares[order])
        return distances, indices

    def predict(self, X):
        _, indices = self.kneighbors(X)
        answer = []
        for row in indices:
            if self.y.itemsize == 1:
                # few different classes: a count for each is quick
                votes = np.bincount(self.y[row] - self.y.min(), minlength=256)
                support = votes[self.y[row] - self.y.min()]
                answer.append(self.y[row[support.argmax()]])
            else:
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
