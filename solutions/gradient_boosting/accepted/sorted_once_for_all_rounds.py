"""Sorts each feature once in fit, divides the sorted orders down the tree, keeps for each leaf
its rows so that no tree is asked for F, takes thresholds just below the upper value;
staged_predict is a cumulative sum.
"""

import numpy as np


def leaf_values(node, X, rows, out):
    if "feature" in node:
        low = X[rows, node["feature"]] <= node["threshold"]
        leaf_values(node["left"], X, rows[low], out)
        leaf_values(node["right"], X, rows[~low], out)
    else:
        out[rows] = node["value"]


class GradientBoosting:
    def __init__(self, *, rounds=100, learning_rate=0.1, max_depth=1):
        if rounds < 0 or max_depth < 1 or learning_rate <= 0 or learning_rate > 1:
            raise ValueError("bad parameter")
        self.rounds, self.rate, self.max_depth = rounds, learning_rate, max_depth

    def fit(self, X, y):
        X, y = np.array(X, dtype=float), np.array(y, dtype=float)
        if X.ndim != 2 or X.shape[0] == 0 or y.shape != (X.shape[0],):
            raise ValueError("bad shape")
        if not np.isfinite(X).all() or not np.isfinite(y).all():
            raise ValueError("NaN or infinity")
        self.width = X.shape[1]
        self.base_ = y.mean()
        self.trees_ = []
        orders = X.argsort(axis=0).T
        residuals = y - self.base_
        for _ in range(self.rounds):
            step = np.zeros(len(y))
            self.trees_.append(self._grow(X, residuals, orders, self.max_depth, step))
            residuals = residuals - self.rate * step
        return self

    def _grow(self, X, residuals, orders, depth, step):
        n = orders.shape[1]
        mean = residuals[orders[0]].mean()
        if depth > 0 and n > 1:
            values = np.array([X[order, f] for f, order in enumerate(orders)])
            sums = np.cumsum(residuals[orders] - mean, axis=1)[:, :-1]
            sizes = np.arange(1, n)
            gain = sums**2 / (sizes * (n - sizes))
            gain[values[:, 1:] == values[:, :-1]] = 0.0
            feature, i = np.unravel_index(gain.argmax(), gain.shape)
            if gain[feature, i] > 0.0:
                goes_left = np.zeros(len(X), dtype=bool)
                goes_left[orders[feature, : i + 1]] = True
                left = np.array([o[goes_left[o]] for o in orders])
                right = np.array([o[~goes_left[o]] for o in orders])
                return {
                    "feature": feature,
                    "threshold": np.nextafter(values[feature, i + 1], -np.inf),
                    "left": self._grow(X, residuals, left, depth - 1, step),
                    "right": self._grow(X, residuals, right, depth - 1, step),
                }
        step[orders[0]] = mean
        return {"value": mean}

    def staged_predict(self, X):
        if X.ndim != 2 or X.shape[1] != self.width or not np.isfinite(X).all():
            raise ValueError("bad X")
        steps = np.empty((1 + len(self.trees_), len(X)))
        steps[0] = self.base_
        for row, tree in zip(steps[1:], self.trees_):
            leaf_values(tree, X, np.arange(len(X)), row)
            row *= self.rate
        return steps.cumsum(axis=0)

    def predict(self, X):
        return self.staged_predict(X)[-1].copy()
