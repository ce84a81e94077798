"""Moves one row at a time, but computes both impurities with NumPy calls on small arrays at each
threshold: the right law, and far too slow; breaks "takes at most 8 times the processor time".

verdict: time_limit_exceeded
property: test_2_000_rows_take_at_most_8_times_as_long_as_cumulative_sums
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

    # From here on classes are the numbers 0, 1, 2, ...: columns of a table of counts.
    classes, codes = np.unique(y, return_inverse=True)
    return _grow(X, codes, classes, max_depth, min_samples)


def _grow(X, codes, classes, depth_left, min_samples):
    counts = np.bincount(codes, minlength=len(classes))
    split = None
    # max_depth = 0 is a limit too, and None is none.
    if counts.max() < len(codes) and depth_left != 0 and len(codes) >= min_samples:
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
    best, split = np.inf, None
    for feature in range(X.shape[1]):
        order = np.argsort(X[:, feature])
        values = X[order, feature]
        total = np.bincount(codes, minlength=k).astype(float)
        left = np.zeros(k)
        for i in range(n - 1):
            left[codes[order[i]]] += 1
            if values[i] == values[i + 1]:
                continue
            right = total - left
            impurity = n - left @ left / (i + 1) - right @ right / (n - i - 1)
            if impurity < best:
                best, split = impurity, (feature, float(values[i]))
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
