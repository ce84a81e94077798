"""Needs no one-hot classes: the sum of the squared counts grows by 2 * rank + 1 with a row that
is the rank-th of its class, and the lower value is the threshold.
"""

import numpy as np


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


def ranks_in_class(codes):
    """For each row: how many earlier rows have its class."""
    by_class = np.argsort(codes, kind="stable")
    ordered = codes[by_class]
    start = np.searchsorted(ordered, ordered, side="left")
    ranks = np.empty(len(codes), dtype=np.int64)
    ranks[by_class] = np.arange(len(codes)) - start
    return ranks


def best_split(X, codes):
    n = len(codes)
    candidates = []
    for feature in range(X.shape[1]):
        order = X[:, feature].argsort()
        values = X[order, feature]
        sorted_codes = codes[order]
        left = np.cumsum(2 * ranks_in_class(sorted_codes) + 1)[:-1]
        right = np.cumsum(2 * ranks_in_class(sorted_codes[::-1]) + 1)[::-1][1:]
        size = np.arange(1, n)
        score = left / size + right / (n - size)
        score[values[1:] == values[:-1]] = -1
        if n > 1 and score.max() > 0:
            i = score.argmax()
            candidates.append((score[i], feature, values[i]))
    if not candidates:
        return None
    _, feature, threshold = max(candidates)
    return feature, threshold


def grow(X, y, depth, max_depth, min_samples):
    classes, codes, counts = np.unique(y, return_inverse=True, return_counts=True)
    leaf = {"label": int(classes[np.argmax(counts)])}
    if len(classes) == 1:
        return leaf
    if max_depth is not None and depth >= max_depth:
        return leaf
    if len(y) < min_samples:
        return leaf
    split = best_split(X, codes)
    if split is None:
        return leaf
    feature, threshold = split
    left = X[:, feature] <= threshold
    return {
        "feature": feature,
        "threshold": threshold,
        "left": grow(X[left], y[left], depth + 1, max_depth, min_samples),
        "right": grow(X[~left], y[~left], depth + 1, max_depth, min_samples),
    }


def grow_tree(X, y, *, max_depth=None, min_samples=2):
    check(X, y, max_depth, min_samples)
    return grow(X.astype(np.float64), y, 0, max_depth, min_samples)


def predict(tree, X):
    labels = np.empty(len(X), dtype=np.int64)

    def send(node, rows):
        if "label" in node:
            labels[rows] = node["label"]
            return
        left = X[rows, node["feature"]] <= node["threshold"]
        send(node["left"], rows[left])
        send(node["right"], rows[~left])

    send(tree, np.arange(len(X)))
    return labels
