"""Wraps sklearn.tree.DecisionTreeRegressor, fitted to scaled residuals on the ranks of the
values, since it would cut the values themselves to float32.

uses: sklearn.tree scipy
"""

import numpy as np
from sklearn.tree import DecisionTreeRegressor


def grow(X, residuals, depth):
    size = np.abs(residuals).max()
    if size == 0:
        return {"value": 0.0}
    values, ranks = [], np.empty(X.shape, dtype=np.float32)
    for feature in range(X.shape[1]):
        different, ranks[:, feature] = np.unique(X[:, feature], return_inverse=True)
        values.append(different)
    model = DecisionTreeRegressor(max_depth=depth, random_state=0).fit(ranks, residuals / size)
    t = model.tree_

    def convert(i, rows):
        if t.children_left[i] == -1:
            return {"value": residuals[rows].mean()}
        feature = t.feature[i]
        left = ranks[rows, feature] <= t.threshold[i]
        return {
            "feature": feature,
            "threshold": values[feature][int(t.threshold[i])],
            "left": convert(t.children_left[i], rows[left]),
            "right": convert(t.children_right[i], rows[~left]),
        }

    return convert(0, np.arange(len(X)))


def ask(tree, X):
    answers = np.empty(len(X))

    def send(node, rows):
        if "feature" not in node:
            answers[rows] = node["value"]
            return
        left = X[rows, node["feature"]] <= node["threshold"]
        send(node["left"], rows[left])
        send(node["right"], rows[~left])

    send(tree, np.arange(len(X)))
    return answers


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
