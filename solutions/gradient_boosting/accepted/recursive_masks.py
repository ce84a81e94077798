"""Scores all features of a node in one sorted array by the squared error itself, and predicts
with nested np.where; leaves at max_depth and leaves of one row are all that stops it.
"""

import numpy as np


def best_split(X, residuals):
    order = np.argsort(X, axis=0)
    values = np.take_along_axis(X, order, axis=0)
    different = values[1:] > values[:-1]
    if not different.any():
        return None
    r = residuals[order]
    n_left = np.arange(1, len(X))[:, None]
    n_right = len(X) - n_left
    sums, squares = np.cumsum(r, axis=0), np.cumsum(r**2, axis=0)
    error = squares[:-1] - sums[:-1] ** 2 / n_left
    error += squares[-1] - squares[:-1] - (sums[-1] - sums[:-1]) ** 2 / n_right
    error[~different] = np.inf
    row, feature = divmod(int(error.argmin()), X.shape[1])
    return feature, values[row, feature]


def grow(X, residuals, depth):
    leaf = {"value": float(np.mean(residuals))}
    if depth == 0:
        return leaf
    split = best_split(X, residuals)
    if split is None:
        return leaf
    feature, threshold = split
    left = X[:, feature] <= threshold
    return {
        "feature": feature,
        "threshold": threshold,
        "left": grow(X[left], residuals[left], depth - 1),
        "right": grow(X[~left], residuals[~left], depth - 1),
    }


def ask(tree, X):
    if "feature" not in tree:
        return np.full(len(X), tree["value"])
    left = X[:, tree["feature"]] <= tree["threshold"]
    return np.where(left, ask(tree["left"], X), ask(tree["right"], X))


class GradientBoosting:
    def __init__(self, *, rounds=100, learning_rate=0.1, max_depth=1):
        if rounds < 0:
            raise ValueError("rounds must not be negative")
        if not 0 < learning_rate <= 1:
            raise ValueError("learning_rate must be above 0 and at most 1")
        if max_depth < 1:
            raise ValueError("max_depth must be at least 1")
        self.rounds = rounds
        self.learning_rate = learning_rate
        self.max_depth = max_depth

    def fit(self, X, y):
        if X.ndim != 2 or len(X) == 0:
            raise ValueError("X must have two dimensions and a row")
        if y.shape != (len(X),):
            raise ValueError("y must have a number for each row")
        if not (np.isfinite(X).all() and np.isfinite(y).all()):
            raise ValueError("X or y holds a NaN or an infinity")
        X = X.astype(np.float64)
        y = y.astype(np.float64)
        self.d_ = X.shape[1]
        self.base_ = float(np.mean(y))
        self.trees_ = []
        F = np.full(len(y), self.base_)
        for _ in range(self.rounds):
            tree = grow(X, y - F, self.max_depth)
            self.trees_.append(tree)
            F += self.learning_rate * ask(tree, X)
        return self

    def check_new(self, X):
        if X.ndim != 2 or X.shape[1] != self.d_:
            raise ValueError("X must have two dimensions and d columns")
        if not np.isfinite(X).all():
            raise ValueError("X holds a NaN or an infinity")

    def predict(self, X):
        self.check_new(X)
        answer = np.full(len(X), self.base_)
        for tree in self.trees_:
            answer += self.learning_rate * ask(tree, X)
        return answer

    def staged_predict(self, X):
        self.check_new(X)
        stages = np.empty((len(self.trees_) + 1, len(X)))
        stages[0] = self.base_
        for i, tree in enumerate(self.trees_):
            stages[i + 1] = stages[i] + self.learning_rate * ask(tree, X)
        return stages
