"""Works in blocks of 64 new rows and forgets the rows of the last block that is not full; breaks
"two arrays of shape (m, k)".

verdict: wrong_answer
property: test_many_rows_and_columns_fit_into_the_memory
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
        indices = np.zeros((len(X), self.k), dtype=int)
        distances = np.zeros((len(X), self.k))
        for block in range(len(X) // 64 or 1):
            rows = slice(64 * block, 64 * block + 64)
            new = X[rows]
            squares = (new**2).sum(axis=1)[:, None] + (self.X**2).sum(axis=1)
            squares -= 2 * new @ self.X.T
            nearest = np.argsort(squares, axis=1, kind="stable")[:, : self.k]
            indices[rows] = nearest
            distances[rows] = np.sqrt(np.take_along_axis(squares, nearest, axis=1))
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
