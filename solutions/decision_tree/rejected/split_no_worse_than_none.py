"""Asks of a split that it scores no worse than its node, in rounded numbers, so that rounding makes
leaves where no split lowers the impurity; breaks "a node is split even where the best split does
not lower the impurity".

verdict: wrong_answer
property: test_a_node_is_split_wherever_it_may_be
"""

import numpy as np


def _check(X, y, max_depth, min_samples):
    if max_depth is not None and max_depth < 0:
        raise ValueError("max_depth must not be negative")
    if min_samples < 1:
        raise ValueError("min_samples must be at least 1")
    X = np.asarray(X)
    y = np.asarray(y)
    if X.ndim != 2 or X.shape[0] == 0:
        raise ValueError("X must have two dimensions and at least one row")
    if y.shape != (X.shape[0],):
        raise ValueError("y must have shape (n,)")
    X = X.astype(np.float64)
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    return X, y


def _best_split(X, codes, n_classes):
    n, d = X.shape
    best = None
    shares = np.bincount(codes, minlength=n_classes) / n
    best_score = 1.0 - (shares**2).sum()  # never worse than now
    for feature in range(d):
        order = np.argsort(X[:, feature], kind="stable")
        values = X[order, feature]
        cuts = np.flatnonzero(values[1:] > values[:-1])
        if len(cuts) == 0:
            continue
        onehot = np.zeros((n, n_classes))
        onehot[np.arange(n), codes[order]] = 1.0
        counts = np.cumsum(onehot, axis=0)
        left = counts[cuts]
        right = counts[-1] - left
        n_left = cuts + 1.0
        n_right = n - n_left
        gini_left = 1.0 - ((left / n_left[:, None]) ** 2).sum(axis=1)
        gini_right = 1.0 - ((right / n_right[:, None]) ** 2).sum(axis=1)
        score = (n_left * gini_left + n_right * gini_right) / n
        i = int(np.argmin(score))
        if score[i] <= best_score:
            best_score = score[i]
            low = values[cuts[i]]
            best = (feature, float(low))
    return best


def _grow(X, codes, classes, depth, max_depth, min_samples):
    counts = np.bincount(codes, minlength=len(classes))
    leaf = {"label": int(classes[np.argmax(counts)])}
    if np.count_nonzero(counts) == 1 or len(codes) < min_samples:
        return leaf
    if max_depth is not None and depth >= max_depth:
        return leaf
    split = _best_split(X, codes, len(classes))
    if split is None:
        return leaf
    feature, threshold = split
    left = X[:, feature] <= threshold
    return {
        "feature": feature,
        "threshold": threshold,
        "left": _grow(X[left], codes[left], classes, depth + 1, max_depth, min_samples),
        "right": _grow(X[~left], codes[~left], classes, depth + 1, max_depth, min_samples),
    }


def grow_tree(X, y, *, max_depth=None, min_samples=2):
    X, y = _check(X, y, max_depth, min_samples)
    classes, codes = np.unique(y, return_inverse=True)
    return _grow(X, codes, classes, 0, max_depth, min_samples)


def predict(tree, X):
    X = np.asarray(X).astype(np.float64)
    labels = np.empty(len(X), dtype=np.int64)
    stack = [(tree, np.arange(len(X)))]
    while stack:
        node, rows = stack.pop()
        if "feature" not in node:
            labels[rows] = node["label"]
            continue
        left = X[rows, node["feature"]] <= node["threshold"]
        stack.append((node["left"], rows[left]))
        stack.append((node["right"], rows[~left]))
    return labels
