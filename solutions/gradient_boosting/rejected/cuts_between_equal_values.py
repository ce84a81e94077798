"""Also cuts between equal values, where the sums are not those of the split; breaks "no other
feature and threshold would split the rows of the node with a lower squared error".

verdict: wrong_answer
property: test_fit_returns_the_model_with_a_constant_and_its_trees
"""

import numpy as np


def best_split(X, residuals):
    n = len(residuals)
    best = None
    most = residuals.sum() ** 2 / n
    most += 1e-12 * np.sum(residuals**2)
    for feature in range(X.shape[1]):
        order = np.argsort(X[:, feature], kind="stable")
        values = X[order, feature]
        cuts = np.arange(n - 1) if values[0] < values[-1] else []
        if len(cuts) == 0:
            continue
        sums = np.cumsum(residuals[order])
        left = sums[cuts]
        right = sums[-1] - left
        n_left = cuts + 1
        n_right = n - n_left
        score = left**2 / n_left + right**2 / n_right
        i = np.argmax(score)
        if score[i] > most:
            most = score[i]
            low, high = values[cuts[i]], values[cuts[i] + 1]
            threshold = low + (high - low) / 2
            if threshold >= high:
                threshold = low
            best = feature, float(threshold)
    return best


def grow(X, residuals, depth):
    leaf = {"value": float(np.mean(residuals))}
    if depth == 0 or len(residuals) < 2:
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
