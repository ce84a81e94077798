"""Takes three neighbours unless told otherwise; breaks "k is an int up to 300, 5 by default".

verdict: wrong_answer
property: test_k_is_five_by_default
"""

import numpy as np

# Numbers in an array of distances: 8 MB, whatever the number of new rows is.
BLOCK = 1_000_000


class KNNClassifier:
    def __init__(self, k=3):
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        self._k = k

    def fit(self, X, y):
        X, y = _matrix(X), np.array(y)
        if y.shape != (len(X),):
            raise ValueError(f"y must have the shape ({len(X)},), not {y.shape}")
        if self._k > len(X):
            raise ValueError(f"k is {self._k}, but there are {len(X)} rows")
        self._X, self._y = X, y
        return self

    def kneighbors(self, X):
        X = _matrix(X)
        if X.shape[1] != self._X.shape[1]:
            raise ValueError(f"X has {X.shape[1]} columns, the fit had {self._X.shape[1]}")
        rows = max(1, BLOCK // len(self._X))
        blocks = [self._nearest(X[start : start + rows]) for start in range(0, len(X), rows)]
        squared, indices = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
        return np.sqrt(squared), indices

    def predict(self, X):
        classes, numbers = np.unique(self._y, return_inverse=True)
        voters = numbers[self.kneighbors(X)[1]]
        # One count for each new row and class. The neighbours' own counts, taken in their order:
        # the first largest one belongs to the class that comes first.
        row = np.arange(len(voters))[:, np.newaxis]
        votes = np.zeros((len(voters), len(classes)), dtype=int)
        np.add.at(votes, (row, voters), 1)
        first = votes[row, voters].argmax(axis=1)
        return classes[voters[row[:, 0], first]]

    def _nearest(self, X):
        """Squared distances and numbers of the k nearest rows for a block of new ones."""
        # |x|^2 - 2 x.z + |z|^2 needs no array of all differences, and is exact for these numbers.
        squared = (X**2).sum(axis=1)[:, np.newaxis] - 2 * X @ self._X.T + (self._X**2).sum(axis=1)
        # A stable sort keeps equal distances in the order of the rows.
        indices = np.argsort(squared, axis=1, kind="stable")[:, : self._k]
        return np.take_along_axis(squared, indices, axis=1), indices


def _matrix(X):
    X = np.array(X, dtype=np.float64)
    if X.ndim != 2:
        raise ValueError(f"X must have two dimensions, not {X.ndim}")
    if not np.isfinite(X).all():
        raise ValueError("X must not hold NaN or infinity")
    return X
