"""Takes class codes as y - y.min() in the type of y, where -100 and 100 are too far apart for int8;
breaks "classes from -1,000 to 1,000".

verdict: runtime_error
property: test_integer_arrays_give_trees_like_any_other
"""

from typing import Any

import numpy as np


def _best_split(X, onehot):
    n, d = X.shape
    best = None
    lowest = np.inf
    total = onehot.sum(axis=0)
    n_left = np.arange(1, n)
    n_right = n - n_left
    for j in range(d):
        order = np.argsort(X[:, j], kind="stable")
        x = X[order, j]
        valid = x[:-1] < x[1:]
        if not valid.any():
            continue
        left = np.cumsum(onehot[order], axis=0)[:-1]
        right = total - left
        gini_left = 1 - ((left / n_left[:, None]) ** 2).sum(axis=1)
        gini_right = 1 - ((right / n_right[:, None]) ** 2).sum(axis=1)
        impurity = (n_left * gini_left + n_right * gini_right) / n
        impurity[~valid] = np.inf
        i = int(np.argmin(impurity))
        if impurity[i] < lowest:
            lowest = impurity[i]
            best = j, float(x[i])
    return best


def _grow(X, codes, classes, depth, max_depth, min_samples):
    counts = np.bincount(codes, minlength=len(classes))
    leaf = {"label": int(classes[np.argmax(counts)])}
    if np.count_nonzero(counts) == 1:
        return leaf
    if max_depth is not None and depth >= max_depth:
        return leaf
    if len(codes) < min_samples:
        return leaf
    split = _best_split(X, np.eye(len(classes), dtype=np.int64)[codes])
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


def grow_tree(
    X: np.ndarray, y: np.ndarray, *, max_depth: int | None = None, min_samples: int = 2
) -> dict[str, Any]:
    X = np.asarray(X)
    y = np.asarray(y)
    if max_depth is not None and max_depth < 0:
        raise ValueError("max_depth must be at least 0")
    if min_samples < 1:
        raise ValueError("min_samples must be at least 1")
    if X.ndim != 2 or X.shape[0] == 0:
        raise ValueError("X must be two-dimensional and have rows")
    if y.shape != (X.shape[0],):
        raise ValueError("y must have shape (n,)")
    X = X.astype(np.float64)
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    shifted = y - y.min()
    classes = np.flatnonzero(np.bincount(shifted)) + int(y.min())
    codes = np.searchsorted(classes, y)
    return _grow(X, codes, classes, 0, max_depth, min_samples)


def predict(tree: dict[str, Any], X: np.ndarray) -> np.ndarray:
    X = np.asarray(X)
    answer = np.zeros(len(X), dtype=np.int64)
    todo = [(tree, np.arange(len(X)))]
    while todo:
        node, rows = todo.pop()
        if len(rows) == 0:
            continue
        if "feature" not in node:
            answer[rows] = node["label"]
            continue
        left = X[rows, node["feature"]] <= node["threshold"]
        todo.append((node["left"], rows[left]))
        todo.append((node["right"], rows[~left]))
    return answer
