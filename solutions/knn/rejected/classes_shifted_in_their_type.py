"""Numbers the classes by their distance from the smallest one in their own type, which wraps round
for int8 without an error; breaks "Integer arrays come in the NumPy types int8 to int64 and uint8 to
uint32".

verdict: wrong_answer
property: test_integers_of_any_type_are_as_far_apart_as_the_same_floats
"""

import numpy as np


def _matrix(X, d=None):
    X = np.array(X, dtype=np.float64)
    if X.ndim != 2:
        raise ValueError("two dimensions expected")
    if d is not None and X.shape[1] != d:
        raise ValueError("wrong number of columns")
    if not np.all(np.isfinite(X)):
        raise ValueError("finite numbers expected")
    return X


class KNNClassifier:
    def __init__(self, k=5):
        self.k = k

    def fit(self, X, y):
        if self.k < 1:
            raise ValueError("k < 1")
        X = _matrix(X)
        y = np.asarray(y)
        if y.shape != X.shape[:1] or len(X) < self.k:
            raise ValueError("y of the wrong shape or fewer than k rows")
        self.X = X
        self.sq = (X**2).sum(axis=1)
        self.low = int(y.min())
        self.classes = np.arange(self.low, int(y.max()) + 1)
        self.codes = (y - y.min()).astype(np.int64)
        return self

    def kneighbors(self, X):
        X = _matrix(X, self.X.shape[1])
        d2 = X @ self.X.T
        d2 *= -2
        d2 += self.sq
        d2 += (X**2).sum(axis=1)[:, None]
        np.maximum(d2, 0, out=d2)
        idx = d2.argsort(axis=1, kind="stable")[:, : self.k].copy()
        return np.sqrt(np.take_along_axis(d2, idx, 1)), idx

    def predict(self, X):
        codes = self.codes[self.kneighbors(X)[1]]
        m, c = len(codes), len(self.classes)
        rows = np.arange(m)
        score = np.zeros((m, c), dtype=np.int64)  # count * (k + 1) + (k - first position)
        for j in range(self.k - 1, -1, -1):
            cell = score[rows, codes[:, j]]
            score[rows, codes[:, j]] = (cell // (self.k + 1) + 1) * (self.k + 1) + self.k - j
        return self.classes[score.argmax(axis=1)]
