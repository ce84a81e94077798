"""Moves one row at a time, but works out each impurity with NumPy, on arrays of a few counts.

verdict: time_limit_exceeded
property: test_2_000_rows_take_at_most_20_times_as_long_as_cumulative_sums
"""

import numpy as np


def grow_tree(X, y, *, max_depth=None, min_samples=2):
    X = np.asarray(X)
    y = np.asarray(y)
    if max_depth is not None and max_depth < 0:
        raise ValueError("max_depth must not be negative")
    if min_samples < 1:
        raise ValueError("min_samples must be at least 1")
    if X.ndim != 2 or len(X) == 0 or y.shape != (len(X),):
        raise ValueError("X must be two-dimensional, with rows, and y as long")
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    classes, codes = np.unique(y, return_inverse=True)
    return _grow(X, codes, classes, 0, max_depth, min_samples)


def _grow(X, codes, classes, depth, max_depth, min_samples):
    counts = np.bincount(codes, minlength=len(classes))
    split = None
    if np.count_nonzero(counts) > 1 and depth != max_depth and len(codes) >= min_samples:
        split = _best_split(X, codes, counts)
    if split is None:
        return {"label": int(classes[counts.argmax()])}
    feature, threshold = split
    left = X[:, feature] <= threshold
    rest = classes, depth + 1, max_depth, min_samples
    return {
        "feature": feature,
        "threshold": threshold,
        "left": _grow(X[left], codes[left], *rest),
        "right": _grow(X[~left], codes[~left], *rest),
    }


def _best_split(X, codes, counts):
    n = len(codes)
    lowest, split = np.inf, None
    for feature in range(X.shape[1]):
        order = np.argsort(X[:, feature])
        values = X[order, feature].tolist()
        left, right = np.zeros(len(counts)), counts.astype(float)
        for i, code in enumerate(codes[order][:-1].tolist(), 1):
            left[code] += 1
            right[code] -= 1
            if values[i - 1] == values[i]:
                continue
            gini_left = 1 - ((left / i) ** 2).sum()
            gini_right = 1 - ((right / (n - i)) ** 2).sum()
            impurity = (i * gini_left + (n - i) * gini_right) / n
            if impurity < lowest:
                lowest, split = impurity, (feature, values[i - 1])
    return split


def predict(tree, X):
    labels = []
    for x in np.asarray(X):
        node = tree
        while "feature" in node:
            side = "left" if x[node["feature"]] <= node["threshold"] else "right"
            node = node[side]
        labels.append(node["label"])
    return np.array(labels)
