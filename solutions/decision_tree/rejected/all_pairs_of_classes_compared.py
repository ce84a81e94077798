"""Finds out whether all rows are of one class by the differences of all pairs; breaks "time and
memory are to grow accordingly with n".

verdict: memory_limit_exceeded
property: test_the_cost_grows_like_n_log_n
"""

import numpy as np


def grow_tree(X, y, *, max_depth=None, min_samples=2):
    X = np.array(X, dtype=np.float64)
    if X.ndim != 2 or len(X) == 0:
        raise ValueError(f"X must have rows and columns, not the shape {X.shape}")
    if np.shape(y) != (len(X),):
        raise ValueError(f"y must have the shape ({len(X)},), not {np.shape(y)}")
    if not np.isfinite(X).all():
        raise ValueError("X must not hold NaN or infinity")
    if max_depth is not None and max_depth < 0:
        raise ValueError(f"max_depth must not be negative, as {max_depth} is")
    if min_samples < 1:
        raise ValueError(f"min_samples must be at least 1, not {min_samples}")

    classes, codes = np.unique(y, return_inverse=True)
    return _grow(X, codes, classes, max_depth, min_samples)


def _grow(X, codes, classes, depth_left, min_samples):
    counts = np.bincount(codes, minlength=len(classes))
    split = None
    is_pure = not np.subtract.outer(codes, codes).any()
    if not is_pure and depth_left != 0 and len(codes) >= min_samples:
        split = _best_split(X, codes, len(classes))
    if split is None:
        return {"label": int(classes[counts.argmax()])}

    feature, threshold = split
    left = X[:, feature] <= threshold
    below = None if depth_left is None else depth_left - 1
    return {
        "feature": feature,
        "threshold": threshold,
        "left": _grow(X[left], codes[left], classes, below, min_samples),
        "right": _grow(X[~left], codes[~left], classes, below, min_samples),
    }


def _best_split(X, codes, k):
    """The feature and threshold with the purest sides, or None where all rows are equal."""
    n = len(codes)
    one_hot = np.eye(k)[codes]
    best, split = -np.inf, None
    for feature in range(X.shape[1]):
        order = np.argsort(X[:, feature])
        values = X[order, feature]
        left = np.cumsum(one_hot[order], axis=0)[:-1]
        right = one_hot.sum(axis=0) - left
        sizes = np.arange(1, n)
        purity = (left**2).sum(axis=1) / sizes + (right**2).sum(axis=1) / (n - sizes)
        purity[values[:-1] == values[1:]] = -np.inf
        i = purity.argmax()
        if purity[i] > best:
            best, split = purity[i], (feature, float(values[i]))
    return split


def predict(tree, X):
    X = np.asarray(X)
    labels = np.empty(len(X), dtype=np.int64)
    nodes = [(tree, np.arange(len(X)))]
    while nodes:
        node, rows = nodes.pop()
        if "feature" not in node:
            labels[rows] = node["label"]
            continue
        left = X[rows, node["feature"]] <= node["threshold"]
        nodes.append((node["left"], rows[left]))
        nodes.append((node["right"], rows[~left]))
    return labels
