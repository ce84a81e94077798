"""Sorts only where distances are equal; where all differ it takes the k of a partition as they
come; breaks "the nearest first".

verdict: wrong_answer
property: test_the_neighbours_are_the_nearest_rows_nearest_first
"""

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
        squares = np.zeros((len(X), len(self.X)))
        for column, known in zip(X.T, self.X.T, strict=True):
            squares += (column[:, None] - known) ** 2
        indices = np.array([self._nearest(row) for row in squares])
        distances = np.sqrt(np.take_along_axis(squares, indices, axis=1))
        return distances, indices

    def predict(self, X):
        _, indices = self.kneighbors(X)
        classes, codes = np.unique(self.y, return_inverse=True)
        codes = codes[indices]
        votes = np.zeros((len(codes), len(classes)), dtype=int)
        np.add.at(votes, (np.arange(len(codes))[:, None], codes), 1)
        # the votes for the class of each neighbour; argmax takes the first of the largest
        support = np.take_along_axis(votes, codes, axis=1)
        best = support.argmax(axis=1)
        return classes[codes[np.arange(len(codes)), best]]

    def _nearest(self, row):
        # a sort is needed for ties only
        if len(row) > 500 and len(np.unique(row)) == len(row):
            return np.argpartition(row, self.k - 1)[: self.k]
        return np.argsort(row, kind="stable")[: self.k]

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
