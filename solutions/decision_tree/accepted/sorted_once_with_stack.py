"""Sorts each feature once, keeps the order while the rows are divided, and grows the tree with a
stack, from the right to the left; nodes have further keys, one of which holds an object, and the
threshold lies just below the upper value.
"""

from dataclasses import dataclass

import numpy as np


@dataclass
class Summary:
    n_rows: int
    gini: float


def check(X, y, max_depth, min_samples):
    if max_depth is not None and max_depth < 0:
        raise ValueError("max_depth must not be negative")
    if min_samples < 1:
        raise ValueError("min_samples must be at least 1")
    if X.ndim != 2 or len(X) == 0:
        raise ValueError("X must have two dimensions and a row")
    if y.shape != (len(X),):
        raise ValueError("y must have a class for each row")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")


def grow_tree(X, y, *, max_depth=None, min_samples=2):
    check(X, y, max_depth, min_samples)
    X = np.array(X, dtype=np.float64)
    classes, codes = np.unique(y, return_inverse=True)
    orders = np.argsort(X, axis=0).T
    root = {}
    stack = [(root, orders, 0)]
    while stack:
        node, orders, depth = stack.pop()
        n = orders.shape[1]
        counts = np.bincount(codes[orders[0]], minlength=len(classes))
        node["depth"] = depth
        node["summary"] = Summary(n, 1 - np.sum((counts / n) ** 2))
        here = [X[order, feature] for feature, order in enumerate(orders)]
        if (
            counts.max() == n
            or depth == max_depth
            or n < min_samples
            or all(values[0] == values[-1] for values in here)
        ):
            node["label"] = classes[counts.argmax()]
            continue
        present = np.flatnonzero(counts)
        scores = np.zeros((len(orders), n - 1))
        sizes = np.arange(1, n)
        for feature, order in enumerate(orders):
            for code in present:
                left = np.cumsum(codes[order] == code)[:-1]
                right = counts[code] - left
                scores[feature] += left * (left / sizes) + right * (right / (n - sizes))
            scores[feature, here[feature][1:] == here[feature][:-1]] = -np.inf
        feature, i = np.unravel_index(scores.argmax(), scores.shape)
        node["feature"] = feature
        node["threshold"] = np.nextafter(here[feature][i + 1], -np.inf)
        goes_left = np.zeros(len(X), dtype=bool)
        goes_left[orders[feature, : i + 1]] = True
        node["left"], node["right"] = {}, {}
        stack.append((node["left"], np.array([o[goes_left[o]] for o in orders]), depth + 1))
        stack.append((node["right"], np.array([o[~goes_left[o]] for o in orders]), depth + 1))
    return root


def predict(tree, X):
    out = np.zeros(len(X), dtype=np.int32)
    pending = [(tree, np.ones(len(X), dtype=bool))]
    while pending:
        node, mask = pending.pop()
        if "left" not in node:
            out[mask] = node["label"]
        else:
            low = X[:, node["feature"]] <= node["threshold"]
            pending.append((node["left"], mask & low))
            pending.append((node["right"], mask & ~low))
    return out
