"""Sorts all features of a node in one call and scores all cuts of all features as one array."""

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
    order = np.argsort(X, axis=0)
    values = np.take_along_axis(X, order, axis=0)
    different = values[1:] != values[:-1]
    if not different.any():
        return None
    impurity = np.zeros(different.shape)
    n_left = np.arange(1, len(X))[:, None]
    n_right = len(X) - n_left
    for code in range(n_classes):
        of_class = codes[order] == code
        left = of_class.cumsum(axis=0)[:-1]
        right = of_class.sum(axis=0) - left
        impurity -= left**2 / n_left + right**2 / n_right
    impurity = np.where(different, impurity, np.inf)
    row, feature = np.unravel_index(np.argmin(impurity), impurity.shape)
    return int(feature), values[row, feature]


def grow(X, y, depth, max_depth, min_samples):
    classes, codes, counts = np.unique(y, return_inverse=True, return_counts=True)
    leaf = {"label": int(classes[np.argmax(counts)])}
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
