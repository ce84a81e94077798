"""Brings X_new to the dtype that X had in `fit`: after a fit on integers, floats are cut off and
large numbers wrap around; breaks "a float64 or integer array".

verdict: wrong_answer
property: test_integer_arrays_are_fitted_like_the_same_floats
"""

import numpy as np


class GradientBoosting:
    def __init__(self, *, rounds=100, learning_rate=0.1, max_depth=1):
        if rounds < 0:
            raise ValueError("rounds must not be negative")
        if learning_rate <= 0 or learning_rate > 1:
            raise ValueError("learning_rate must be above 0 and at most 1")
        if max_depth < 1:
            raise ValueError("max_depth must be at least 1")
        self.rounds = rounds
        self.learning_rate = learning_rate
        self.max_depth = max_depth

    def fit(self, X, y):
        X = np.asarray(X)
        y = np.asarray(y)
        if X.ndim != 2 or X.shape[0] == 0:
            raise ValueError("X must be two-dimensional, with rows")
        if y.shape != (X.shape[0],):
            raise ValueError("y must have shape (n,)")
        if not np.isfinite(X).all() or not np.isfinite(y).all():
            raise ValueError("X and y must be finite")
        self._dtype = X.dtype
        X = X.astype(np.float64)
        y = y.astype(np.float64)
        self.n_features_ = X.shape[1]
        self.base_ = float(np.mean(y))
        self.trees_ = []
        order = np.argsort(X, axis=0, kind="stable")
        prediction = np.full(len(y), self.base_)
        for _ in range(self.rounds):
            residuals = y - prediction
            tree = self._grow(X, residuals, order, 0)
            self.trees_.append(tree)
            prediction += self.learning_rate * self._ask(tree, X)
        return self

    def _grow(self, X, residuals, order, depth):
        rows = order[:, 0]
        r = residuals[rows]
        mean = float(np.mean(r))
        if depth == self.max_depth or len(rows) == 1:
            return {"value": mean}
        split = self._best_split(X, residuals, order, mean)
        if split is None:
            return {"value": mean}
        feature, threshold = split
        n, d = order.shape
        goes_left = X[:, feature] <= threshold
        mask = goes_left[order]
        left = order.T[mask.T].reshape(d, -1).T
        right = order.T[~mask.T].reshape(d, -1).T
        return {
            "feature": feature,
            "threshold": threshold,
            "left": self._grow(X, residuals, left, depth + 1),
            "right": self._grow(X, residuals, right, depth + 1),
        }

    def _best_split(self, X, residuals, order, mean):
        n, d = order.shape
        best_gain, best = 0.0, None
        for f in range(d):
            xs = X[order[:, f], f]
            cut = np.flatnonzero(xs[1:] != xs[:-1])
            if len(cut) == 0:
                continue
            total = np.cumsum(residuals[order[:, f]] - mean)[cut]
            nl = cut + 1.0
            gain = total**2 / nl + total**2 / (n - nl)
            i = int(np.argmax(gain))
            if gain[i] > best_gain:
                best_gain = gain[i]
                best = f, float(xs[cut[i]])
        return best

    def _ask(self, tree, X):
        out = np.empty(X.shape[0])

        def walk(node, rows):
            if "feature" not in node:
                out[rows] = node["value"]
                return
            mask = X[rows, node["feature"]] <= node["threshold"]
            walk(node["left"], rows[mask])
            walk(node["right"], rows[~mask])

        walk(tree, np.arange(X.shape[0]))
        return out

    def _check(self, X):
        X = np.asarray(X)
        if X.ndim != 2:
            raise ValueError("X must be two-dimensional")
        if X.shape[1] != self.n_features_:
            raise ValueError("X has another number of columns than in fit")
        if not np.isfinite(X).all():
            raise ValueError("X must be finite")
        return X.astype(self._dtype)

    def predict(self, X):
        X = self._check(X)
        out = np.full(X.shape[0], self.base_)
        for tree in self.trees_:
            out += self.learning_rate * self._ask(tree, X)
        return out

    def staged_predict(self, X):
        X = self._check(X)
        out = np.empty((self.rounds + 1, X.shape[0]))
        out[0] = self.base_
        for i, tree in enumerate(self.trees_):
            out[i + 1] = out[i] + self.learning_rate * self._ask(tree, X)
        return out
