"""Compares the splits of a feature exactly, as fractions of Python integers, takes the last of
several equally good splits and labels a leaf with the last of its most frequent classes.
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


def best_split(X, codes, n_classes):
    n = len(codes)
    best, numerator, denominator = None, -1, 1
    for feature in range(X.shape[1]):
        values = X[:, feature]
        groups, position = np.unique(values, return_inverse=True)
        table = np.zeros((len(groups), n_classes), dtype=np.int64)
        np.add.at(table, (position, codes), 1)
        left = np.cumsum(table, axis=0)
        right = left[-1] - left
        squares_left = (left**2).sum(axis=1).tolist()
        squares_right = (right**2).sum(axis=1).tolist()
        sizes = left.sum(axis=1).tolist()
        for i in range(len(groups) - 1):
            size = sizes[i]
            top = squares_left[i] * (n - size) + squares_right[i] * size
            bottom = size * (n - size)
            if top * denominator >= numerator * bottom:
                numerator, denominator = top, bottom
                best = feature, float(groups[i])
    return best


def grow(X, y, depth, max_depth, min_samples):
    classes, codes, counts = np.unique(y, return_inverse=True, return_counts=True)
    leaf = {"label": int(classes[counts == counts.max()][-1])}
    if len(classes) == 1:
        return leaf
    if max_depth is not None and depth >= max_depth:
        return leaf
    if len(y) < min_samples:
        return leaf
    split = best_split(X, codes, len(classes))
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
