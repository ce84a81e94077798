"""Uses that all numbers are multiples of 1/8: the squared distance times 64 and the number of the
row make one integer key without ties, so that argpartition is enough.
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
        X = np.rint(8 * self._new_rows(X)).astype(np.int64)
        known = np.rint(8 * self.X).astype(np.int64)
        n = len(known)
        keys = np.zeros((len(X), n), dtype=np.int64)
        for column in range(known.shape[1]):
            keys += (X[:, column, None] - known[:, column]) ** 2
        keys *= n
        keys += np.arange(n)
        keys = np.partition(keys, self.k - 1, axis=1)[:, : self.k]
        keys.sort(axis=1)
        return np.sqrt(keys // n) / 8, keys % n

    def predict(self, X):
        indices = self.kneighbors(X)[1]
        answer = np.empty(len(indices), dtype=self.y.dtype)
        for i, row in enumerate(indices):
            classes, first, counts = np.unique(
                self.y[row], return_index=True, return_counts=True
            )
            first[counts < counts.max()] = self.k
            answer[i] = classes[first.argmin()]
        return answer

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
