"""Compares all values with all thresholds in one matrix; breaks "time and memory are to grow
accordingly with n".

verdict: memory_limit_exceeded
property: test_the_cost_grows_like_n_log_n
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
    best = None
    lowest = np.inf
    for feature in range(X.shape[1]):
        values = np.unique(X[:, feature])
        cuts = np.arange(len(values) - 1)
        if len(cuts) == 0:
            continue
        # In four bytes a comparison: quick enough at the 2,000 rows that are timed, so that the
        # memory is what it fails by.
        below = (X[:, feature] <= values[:-1, None]).astype(np.float32)
        left = (below @ np.eye(n_classes, dtype=np.float32)[codes]).astype(np.float64)
        right = np.bincount(codes, minlength=n_classes) - left
        n_left = below.sum(axis=1)
        n_right = n - n_left
        gini_left = 1 - np.sum((left / n_left[:, None]) ** 2, axis=1)
        gini_right = 1 - np.sum((right / n_right[:, None]) ** 2, axis=1)
        impurity = (n_left * gini_left + n_right * gini_right) / n
        i = np.argmin(impurity)
        if impurity[i] < lowest:
            lowest = impurity[i]
            low, high = values[cuts[i]], values[cuts[i] + 1]
            threshold = low + (high - low) / 2
            if threshold >= high:
                threshold = low
            best = feature, float(threshold)
    return best


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
