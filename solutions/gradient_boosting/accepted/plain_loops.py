"""Plain Python lists: sorts the rows of a node by each feature, moves them to the left one by
one, and predicts row by row; predict is the last row of staged_predict. Nodes have further keys,
one of which holds an object.
"""

from dataclasses import dataclass

import numpy as np


@dataclass
class Summary:
    n_rows: int
    depth_left: int


def grow(rows, X, residuals, depth):
    total = sum(residuals[i] for i in rows)
    n = len(rows)
    node = {"value": total / n, "n_rows": n, "summary": Summary(n, depth)}
    if depth == 0 or n == 1:
        return node
    best = total * total / n
    found = None
    for feature in range(len(X[0])):
        ordered = sorted(rows, key=lambda i: X[i][feature])
        left = 0.0
        for k in range(1, n):
            left += residuals[ordered[k - 1]]
            low, high = X[ordered[k - 1]][feature], X[ordered[k]][feature]
            if low < high:
                score = left * left / k + (total - left) ** 2 / (n - k)
                if score > best:
                    best = score
                    found = feature, low, ordered[:k], ordered[k:]
    if found is not None:
        node["feature"], node["threshold"], left, right = found
        node["left"] = grow(left, X, residuals, depth - 1)
        node["right"] = grow(right, X, residuals, depth - 1)
    return node


def value_for(node, row):
    while "feature" in node:
        node = node["left"] if row[node["feature"]] <= node["threshold"] else node["right"]
    return node["value"]


class GradientBoosting:
    def __init__(self, *, rounds=100, learning_rate=0.1, max_depth=1):
        self.rounds, self.learning_rate, self.max_depth = rounds, learning_rate, max_depth

    def fit(self, X, y):
        if self.rounds < 0 or self.max_depth < 1:
            raise ValueError("rounds must not be negative, max_depth at least 1")
        if self.learning_rate <= 0 or self.learning_rate > 1:
            raise ValueError("learning_rate must be above 0 and at most 1")
        if X.ndim != 2 or X.shape[0] < 1 or y.shape != X.shape[:1]:
            raise ValueError("wrong shape")
        if not np.all(np.isfinite(X)) or not np.all(np.isfinite(y)):
            raise ValueError("not finite")
        self.n_features = X.shape[1]
        rows, targets = X.tolist(), y.tolist()
        self.base_ = sum(targets) / len(targets)
        self.trees_ = []
        residuals = [target - self.base_ for target in targets]
        for _ in range(self.rounds):
            tree = grow(list(range(len(rows))), rows, residuals, self.max_depth)
            for i, row in enumerate(rows):
                residuals[i] -= self.learning_rate * value_for(tree, row)
            self.trees_.append(tree)
        return self

    def staged_predict(self, X):
        if X.ndim != 2 or X.shape[1] != self.n_features or not np.all(np.isfinite(X)):
            raise ValueError("wrong X")
        columns = []
        for row in X.tolist():
            column = [self.base_]
            for tree in self.trees_:
                column.append(column[-1] + self.learning_rate * value_for(tree, row))
            columns.append(column)
        return np.array(columns, dtype=np.float64).T

    def predict(self, X):
        return self.staged_predict(X)[-1]
