"""Moves one row at a time, but computes the squared error with NumPy calls on small arrays at each
threshold: the right law, and far too slow; breaks "takes at most 18 times the processor time".

verdict: time_limit_exceeded
property: test_1_000_rows_take_at_most_18_times_as_long_as_cumulative_sums
"""

import numpy as np


class GradientBoosting:
    def __init__(self, *, rounds=100, learning_rate=0.1, max_depth=1):
        if rounds < 0:
            raise ValueError(f"rounds must not be negative, as {rounds} is")
        if not 0 < learning_rate <= 1:
            raise ValueError(f"learning_rate must be above 0 and at most 1, not {learning_rate}")
        if max_depth < 1:
            raise ValueError(f"max_depth must be at least 1, not {max_depth}")
        self.rounds = rounds
        self.learning_rate = learning_rate
        self.max_depth = max_depth

    def fit(self, X, y):
        X = _finite_matrix(X)
        y = np.array(y, dtype=np.float64)
        if len(X) == 0:
            raise ValueError("X has no rows")
        if y.shape != (len(X),):
            raise ValueError(f"y must have the shape ({len(X)},), not {y.shape}")
        if not np.isfinite(y).all():
            raise ValueError("y must not hold NaN or infinity")

        self.columns_ = X.shape[1]
        self.base_ = float(y.mean())
        self.trees_ = []
        F = np.full(len(y), self.base_)
        for _ in range(self.rounds):
            tree = _grow(X, y - F, self.max_depth)
            self.trees_.append(tree)
            F += self.learning_rate * _values(tree, X)
        return self

    def predict(self, X):
        return self.staged_predict(X)[-1]

    def staged_predict(self, X):
        X = _finite_matrix(X)
        if X.shape[1] != self.columns_:
            raise ValueError(f"X has {X.shape[1]} columns; the model was fitted on {self.columns_}")
        stages = np.empty((self.rounds + 1, len(X)))
        stages[0] = self.base_
        for i, tree in enumerate(self.trees_):
            stages[i + 1] = stages[i] + self.learning_rate * _values(tree, X)
        return stages


def _finite_matrix(X):
    X = np.array(X, dtype=np.float64)
    if X.ndim != 2:
        raise ValueError(f"X must have two dimensions, not {X.ndim}")
    if not np.isfinite(X).all():
        raise ValueError("X must not hold NaN or infinity")
    return X


def _grow(X, r, depth):
    split = _best_split(X, r) if depth > 0 else None
    if split is None:
        return {"value": float(r.mean())}
    feature, threshold = split
    left = X[:, feature] <= threshold
    return {
        "feature": feature,
        "threshold": threshold,
        "left": _grow(X[left], r[left], depth - 1),
        "right": _grow(X[~left], r[~left], depth - 1),
    }


def _best_split(X, r):
    """The feature and threshold with the lowest squared error, or None where all rows are equal."""
    n = len(r)
    c = r - r.mean()
    best, split = -1.0, None
    for feature in range(X.shape[1]):
        order = np.argsort(X[:, feature])
        values = X[order, feature]
        sums = np.array([0.0, c.sum()])
        for i in range(n - 1):
            sums += np.array([c[order[i]], -c[order[i]]])
            gain = np.sum(sums**2 / np.array([i + 1, n - i - 1]))
            if values[i] < values[i + 1] and gain > best:
                best, split = gain, (feature, float(values[i]))
    return split


def _values(tree, X):
    """What the tree gives for each row."""
    values = np.empty(len(X))
    nodes = [(tree, np.arange(len(X)))]
    while nodes:
        node, rows = nodes.pop()
        if "feature" not in node:
            values[rows] = node["value"]
            continue
        left = X[rows, node["feature"]] <= node["threshold"]
        nodes.append((node["left"], rows[left]))
        nodes.append((node["right"], rows[~left]))
    return values
