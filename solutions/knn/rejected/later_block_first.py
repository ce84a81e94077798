"""Goes through X in blocks of 512 rows and puts the rows of a later block before equally near ones
of those before; breaks "Of rows that are equally near, the one with the lower number comes first".

verdict: wrong_answer
property: test_of_equally_near_rows_the_lower_number_comes_first
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
        self.classes, self.codes = np.unique(y, return_inverse=True)
        return self

    def kneighbors(self, X):
        X = _matrix(X, self.X.shape[1])
        best_d = np.empty((len(X), 0))
        best_i = np.empty((len(X), 0), dtype=np.int64)
        norm = (X**2).sum(axis=1)[:, None]
        for s in range(0, len(self.X), 512):
            d2 = norm + self.sq[s : s + 512] - 2 * (X @ self.X[s : s + 512].T)
            number = np.broadcast_to(np.arange(s, s + d2.shape[1]), d2.shape)
            all_d = np.hstack([d2, best_d])
            all_i = np.hstack([number, best_i])
            order = all_d.argsort(axis=1, kind="stable")[:, : self.k]
            best_d = np.take_along_axis(all_d, order, 1)
            best_i = np.take_along_axis(all_i, order, 1)
        return np.sqrt(np.maximum(best_d, 0)), best_i

    def predict(self, X):
        codes = self.codes[self.kneighbors(X)[1]]
        m, c = len(codes), len(self.classes)
        rows = np.arange(m)
        score = np.zeros((m, c), dtype=np.int64)  # count * (k + 1) + (k - first position)
        for j in range(self.k - 1, -1, -1):
            cell = score[rows, codes[:, j]]
            score[rows, codes[:, j]] = (cell // (self.k + 1) + 1) * (self.k + 1) + self.k - j
        return self.classes[score.argmax(axis=1)]
