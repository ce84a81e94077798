"""Goes through the sorted rows in plain Python, moving one row at a time from the right to the
left and updating integer sums of squares; predicts row by row.
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


def best_split(rows, X, y, n_features):
    best = (-1.0, None, None)
    for feature in range(n_features):
        rows = sorted(rows, key=lambda i: X[i][feature])
        left, right = {}, {}
        for i in rows:
            right[y[i]] = right.get(y[i], 0) + 1
        squares_left = 0
        squares_right = sum(count * count for count in right.values())
        for k in range(1, len(rows)):
            i, following = rows[k - 1], rows[k]
            label = y[i]
            before = left.get(label, 0)
            squares_left += 2 * before + 1
            left[label] = before + 1
            squares_right -= 2 * right[label] - 1
            right[label] -= 1
            low, high = X[i][feature], X[following][feature]
            if low == high:
                continue
            purity = squares_left / k + squares_right / (len(rows) - k)
            if purity > best[0]:
                middle = (low + high) / 2
                best = (purity, feature, middle if middle < high else low)
    return best


def grow(rows, X, y, n_features, depth_left, min_samples):
    counts = {}
    for i in rows:
        counts[y[i]] = counts.get(y[i], 0) + 1
    leaf = {"label": max(counts, key=counts.get)}
    if len(counts) == 1 or depth_left == 0 or len(rows) < min_samples:
        return leaf
    _, feature, threshold = best_split(rows, X, y, n_features)
    if feature is None:
        return leaf
    left = [i for i in rows if X[i][feature] <= threshold]
    right = [i for i in rows if X[i][feature] > threshold]
    return {
        "feature": feature,
        "threshold": threshold,
        "left": grow(left, X, y, n_features, depth_left - 1, min_samples),
        "right": grow(right, X, y, n_features, depth_left - 1, min_samples),
    }


def grow_tree(X, y, *, max_depth=None, min_samples=2):
    check(X, y, max_depth, min_samples)
    depth = float("inf") if max_depth is None else max_depth
    rows = list(range(len(X)))
    return grow(rows, X.tolist(), y.tolist(), X.shape[1], depth, min_samples)


def predict(tree, X):
    labels = []
    for row in X.tolist():
        node = tree
        while "feature" in node:
            node = node["left"] if row[node["feature"]] <= node["threshold"] else node["right"]
        labels.append(node["label"])
    return np.array(labels, dtype=int)
