"""Lets all rows at the distance of the k-th neighbour vote; breaks "this decides, too, which of
them still belong to the k".

verdict: wrong_answer
property: test_a_tied_vote_goes_to_the_class_whose_neighbour_comes_first
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
        for i, (every, order) in enumerate(self._sorted(X)):
            indices[i] = order[: self.k]
            distances[i] = every[: self.k]
        return distances, indices

    def predict(self, X):
        answer = []
        for every, order in self._sorted(self._new_rows(X)):
            row = order[every <= every[self.k - 1]]
            # most_common keeps the order of the first occurrence among equal counts
            answer.append(Counter(self.y[row].tolist()).most_common(1)[0][0])
        return np.array(answer, dtype=np.int64)

    def _sorted(self, X):
        for row in X:
            every = np.sqrt(((self.X - row) ** 2).sum(axis=1))
            order = np.argsort(every, kind="stable")
            yield every[order], order

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
