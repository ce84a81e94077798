"""Keeps the sorted order of the columns for the next fit where X has the same shape, though its
numbers are others; breaks "A second `fit` forgets the first".

verdict: wrong_answer
property: test_a_fit_forgets_the_one_before_and_models_share_nothing
"""

import math

import numpy as np


class _Node(dict):
    """A node is a dictionary that can route rows itself."""

    def give(self, X):
        if "feature" not in self:
            return np.full(X.shape[0], float(self["value"]))
        return np.where(
            X[:, self["feature"]] <= self["threshold"], self["left"].give(X), self["right"].give(X)
        )


class GradientBoosting:
    """All features of a node at once on columns sorted once; midpoints guarded against rounding."""

    def __init__(self, *, rounds=100, learning_rate=0.1, max_depth=1):
        if rounds < 0 or max_depth < 1 or not (0 < learning_rate <= 1):
            raise ValueError("bad parameter")
        self._rounds, self._rate, self._depth = int(rounds), float(learning_rate), int(max_depth)

    def fit(self, X, y):
        X = np.array(X)
        y = np.array(y)
        if X.ndim != 2 or not len(X) or y.shape != X.shape[:1]:
            raise ValueError("bad shape")
        X, y = X.astype(float), y.astype(float)
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("NaN or infinity")
        self._d = X.shape[1]
        self.base_ = math.fsum(y) / len(y)
        self.trees_ = []
        if getattr(self, "_order", None) is None or self._order.shape != X.shape:
            self._order = np.argsort(X, axis=0, kind="stable")
        order = self._order
        residual = y - self.base_
        for _ in range(self._rounds):
            tree = self._node(X, residual, order, 0)
            self.trees_.append(tree)
            residual = residual - self._rate * tree.give(X)
        return self

    def _node(self, X, residual, order, depth):
        m = len(order)
        rows = order[:, 0]
        mean = residual[rows].sum() / m
        if depth < self._depth and m > 1:
            r = residual[order] - mean  # (m, d)
            x = np.take_along_axis(X, order, axis=0)
            left = np.cumsum(r, axis=0)[:-1]
            k = np.arange(1.0, m)[:, None]
            gain = left**2 * (m / (k * (m - k)))
            gain[~(x[1:] > x[:-1])] = -math.inf
            i, j = divmod(int(gain.argmax()), X.shape[1])
            if gain[i, j] > -math.inf:
                low, high = float(x[i, j]), float(x[i + 1, j])
                threshold = low + (high - low) / 2
                if not low <= threshold < high:
                    threshold = low
                side = X[:, j] <= threshold
                keep = side[order]
                a = np.stack([order[keep[:, c], c] for c in range(X.shape[1])], axis=1)
                b = np.stack([order[~keep[:, c], c] for c in range(X.shape[1])], axis=1)
                return _Node(
                    feature=np.int64(j),
                    threshold=np.float64(threshold),
                    left=self._node(X, residual, a, depth + 1),
                    right=self._node(X, residual, b, depth + 1),
                )
        return _Node(value=mean)

    def _new(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self._d:
            raise ValueError("bad shape")
        X = X.astype(float)
        if not np.isfinite(X).all():
            raise ValueError("NaN or infinity")
        return X

    def predict(self, X):
        X = self._new(X)
        return sum((self._rate * t.give(X) for t in self.trees_), np.full(len(X), self.base_))

    def staged_predict(self, X):
        X = self._new(X)
        rows = [np.full(len(X), self.base_)]
        for t in self.trees_:
            rows.append(rows[-1] + self._rate * t.give(X))
        return np.stack(rows)
