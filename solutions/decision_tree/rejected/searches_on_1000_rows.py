"""Looks for the split on 1,000 of a node's rows, drawn with a fixed seed, where there are more, to
save time; breaks "no other feature and threshold would split its rows with a lower impurity".

verdict: wrong_answer
property: test_no_other_split_of_a_node_is_better
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


def search(X, codes, n_classes):
    n = len(codes)
    best = None
    lowest = np.inf
    for feature in range(X.shape[1]):
        order = np.argsort(X[:, feature], kind="stable")
        values = X[order, feature]
        cuts = np.flatnonzero(values[1:] > values[:-1])
        if len(cuts) == 0:
            continue
        one_hot = np.eye(n_classes)[codes[order]]
        counts = np.cumsum(one_hot, axis=0)
        left = counts[cuts]
        right = counts[-1] - left
        n_left = cuts + 1
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


def best_split(X, codes, n_classes):
    if len(codes) > 1000:
        some = np.random.default_rng(0).choice(len(codes), 1000, replace=False)
        split = search(X[some], codes[some], n_classes)
        if split is not None:
            return split
    return search(X, codes, n_classes)


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
