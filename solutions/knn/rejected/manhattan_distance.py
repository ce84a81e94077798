"""Sums absolute differences; breaks "by Euclidean distance".

verdict: wrong_answer
property: test_the_neighbours_are_the_nearest_rows_nearest_first
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
        blocks = [self._nearest(X[start : start + 50]) for start in range(0, len(X), 50)]
        return np.vstack([block[0] for block in blocks]), np.vstack([block[1] for block in blocks])

    def _nearest(self, X):
        sums = np.zeros((len(X), len(self.X)))
        for new, known in zip(X.T, self.X.T):
            sums += np.abs(new[:, None] - known)
        indices = np.argsort(sums, axis=1, kind="stable")[:, : self.k]
        return np.take_along_axis(sums, indices, axis=1), indices

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
