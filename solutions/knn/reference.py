"""Blocks of new rows against all rows, a stable sort of the distances, and a vote by comparison."""

import numpy as np

# New rows at a time: enough for NumPy to be busy, few enough for little memory.
BLOCK = 100


class KNNClassifier:
    def __init__(self, k=5):
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
        starts = range(0, len(X), BLOCK)
        blocks = [self._nearest(X[start : start + BLOCK]) for start in starts]
        squared = np.concatenate([block[0] for block in blocks])
        indices = np.concatenate([block[1] for block in blocks])
        return np.sqrt(squared), indices

    def predict(self, X):
        voters = self._y[self.kneighbors(X)[1]]
        # For each neighbour, how many of its row's neighbours have its class. They stand in their
        # order: the first largest count belongs to the class that comes first.
        votes = (voters[:, :, np.newaxis] == voters[:, np.newaxis, :]).sum(axis=2)
        return voters[np.arange(len(voters)), votes.argmax(axis=1)]

    def _nearest(self, X):
        """Squared distances and numbers of the k nearest rows for a block of new ones."""
        # |x|^2 - 2 x.z + |z|^2 needs no array of all differences, and is exact for these numbers.
        squared = (X**2).sum(axis=1)[:, np.newaxis] - 2 * X @ self._X.T + (self._X**2).sum(axis=1)
        # A stable sort keeps equal distances in the order of the rows.
        indices = np.argsort(squared, kind="stable")[:, : self._k]
        return np.take_along_axis(squared, indices, axis=1), indices


def _matrix(X):
    X = np.array(X, dtype=np.float64)
    if X.ndim != 2:
        raise ValueError(f"X must have two dimensions, not {X.ndim}")
    if not np.isfinite(X).all():
        raise ValueError("X must not hold NaN or infinity")
    return X
