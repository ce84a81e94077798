"""Keeps the last answer of staged_predict for equal rows, and does not let go of it in `fit`;
breaks "A second `fit` forgets the first".

verdict: wrong_answer
property: test_a_fit_forgets_the_one_before_and_models_share_nothing
"""

from typing import Any

import numpy as np


def _check_X(X):
    X = np.asarray(X)
    if X.ndim != 2:
        raise ValueError("X must be two-dimensional")
    X = X.astype(np.float64)
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    return X


class GradientBoosting:
    """Predicts a number by a constant and a sum of shrunken regression trees."""

    base_: float
    trees_: list[dict[str, Any]]

    def __init__(
        self, *, rounds: int = 100, learning_rate: float = 0.1, max_depth: int = 1
    ) -> None:
        if rounds < 0:
            raise ValueError("rounds must not be negative")
        if learning_rate <= 0 or learning_rate > 1:
            raise ValueError("learning_rate must be above 0 and at most 1")
        if max_depth < 1:
            raise ValueError("max_depth must be at least 1")
        self.rounds = rounds
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self._last = (None, None)

    def fit(self, X: np.ndarray, y: np.ndarray) -> "GradientBoosting":
        X = _check_X(X)
        n, d = X.shape
        if n < 1:
            raise ValueError("X has no rows")
        y = np.asarray(y)
        if y.shape != (n,):
            raise ValueError("y must be of shape (n,)")
        y = y.astype(np.float64)
        if not np.isfinite(y).all():
            raise ValueError("y holds a NaN or an infinity")
        self._d = d
        self.base_ = float(y.mean())
        self.trees_ = []
        F = np.full(n, self.base_)
        for _ in range(self.rounds):
            residuals = y - F
            step = np.empty(n)
            tree = self._grow(X, residuals, np.arange(n), self.max_depth, step)
            self.trees_.append(tree)
            F = F + self.learning_rate * step
        return self

    def _grow(self, X, residuals, rows, depth, step):
        r = residuals[rows]
        mean = float(r.mean())
        if depth > 0 and len(rows) > 1:
            split = self._best_split(X[rows], r - mean)
            if split is not None:
                feature, threshold = split
                left = X[rows, feature] <= threshold
                return {
                    "feature": feature,
                    "threshold": threshold,
                    "left": self._grow(X, residuals, rows[left], depth - 1, step),
                    "right": self._grow(X, residuals, rows[~left], depth - 1, step),
                }
        step[rows] = mean
        return {"value": mean}

    @staticmethod
    def _best_split(X, r):
        n, d = X.shape
        best_gain = 0.0
        best = None
        sizes = np.arange(1, n)
        for j in range(d):
            order = np.argsort(X[:, j], kind="stable")
            xs = X[order, j]
            sums = np.cumsum(r[order])
            left = sums[:-1]
            right = sums[-1] - left
            gain = left**2 / sizes + right**2 / (n - sizes)
            gain[xs[1:] == xs[:-1]] = -1.0
            i = int(np.argmax(gain))
            if gain[i] > best_gain:
                lo, hi = float(xs[i]), float(xs[i + 1])
                threshold = (lo + hi) / 2
                if not lo <= threshold < hi:
                    threshold = lo
                best_gain = gain[i]
                best = (j, threshold)
        return best

    def predict(self, X: np.ndarray) -> np.ndarray:
        return self.staged_predict(X)[-1].copy()

    def staged_predict(self, X: np.ndarray) -> np.ndarray:
        X = _check_X(X)
        if X.shape[1] != self._d:
            raise ValueError("X must have as many columns as in fit")
        if self._last[0] == X.tobytes():
            return self._last[1]
        m = len(X)
        out = np.empty((len(self.trees_) + 1, m))
        out[0] = self.base_
        values = np.empty(m)
        for i, tree in enumerate(self.trees_):
            self._apply(tree, X, np.arange(m), values)
            out[i + 1] = out[i] + self.learning_rate * values
        self._last = (X.tobytes(), out)
        return out

    def _apply(self, node, X, rows, values):
        if "feature" not in node:
            values[rows] = node["value"]
            return
        left = X[rows, node["feature"]] <= node["threshold"]
        self._apply(node["left"], X, rows[left], values)
        self._apply(node["right"], X, rows[~left], values)
