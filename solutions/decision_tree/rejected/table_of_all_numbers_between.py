"""Counts the classes of integers in a table of all numbers from the smallest to the largest; breaks
"time and memory are to grow accordingly with n".

verdict: time_limit_exceeded
property: test_2_000_rows_take_at_most_20_times_as_long_as_cumulative_sums
"""

import numpy as np


def _gini(counts):
    n = counts.sum()
    return 1.0 - np.sum((counts / n) ** 2)


def _best_split(X, codes, k):
    n, d = X.shape
    best, best_feature, best_threshold = np.inf, None, None
    for f in range(d):
        if X.dtype.kind in "iu":
            # integers: count the classes of each value instead of sorting
            x = X[:, f].astype(np.int64)
            low = int(x.min())
            span = int(x.max()) - low + 1
            table = np.bincount((x - low) * k + codes, minlength=span * k)
            left = np.cumsum(table.reshape(span, k), axis=0)
            total = left[-1]
            nl = left.sum(axis=1)
            cut = np.flatnonzero((nl[1:] > nl[:-1]) & (nl[:-1] > 0))
            if len(cut) == 0:
                continue
            left = left[cut].astype(float)
            nl = nl[cut].astype(float)
            right = total - left
            nr = n - nl
            gl = 1.0 - np.sum(left**2, axis=1) / nl**2
            gr = 1.0 - np.sum(right**2, axis=1) / nr**2
            score = (nl * gl + nr * gr) / n
            i = int(np.argmin(score))
            if score[i] < best:
                best, best_feature = score[i], f
                best_threshold = low + int(cut[i])
            continue
        order = np.argsort(X[:, f], kind="stable")
        xs = X[order, f]
        cut = np.flatnonzero(xs[1:] > xs[:-1])
        if len(cut) == 0:
            continue
        onehot = np.zeros((n, k))
        onehot[np.arange(n), codes[order]] = 1
        left = np.cumsum(onehot, axis=0)
        total = left[-1]
        left = left[cut]
        right = total - left
        nl = cut + 1.0
        nr = n - nl
        gl = 1.0 - np.sum(left**2, axis=1) / nl**2
        gr = 1.0 - np.sum(right**2, axis=1) / nr**2
        score = (nl * gl + nr * gr) / n
        i = int(np.argmin(score))
        if score[i] < best:
            best, best_feature = score[i], f
            best_threshold = float(xs[cut[i]])
    return best_feature, best_threshold


def _build(X, y, depth, max_depth, min_samples):
    classes, codes, counts = np.unique(y, return_inverse=True, return_counts=True)
    label = int(classes[np.argmax(counts)])
    if len(classes) == 1 or (max_depth is not None and depth >= max_depth) or len(y) < min_samples:
        return {"label": label}
    feature, threshold = _best_split(X, codes, len(classes))
    if feature is None:
        return {"label": label}
    mask = X[:, feature] <= threshold
    return {
        "feature": feature,
        "threshold": threshold,
        "left": _build(X[mask], y[mask], depth + 1, max_depth, min_samples),
        "right": _build(X[~mask], y[~mask], depth + 1, max_depth, min_samples),
    }


def grow_tree(X, y, *, max_depth=None, min_samples=2):
    if max_depth is not None and max_depth < 0:
        raise ValueError("max_depth must not be negative")
    if min_samples < 1:
        raise ValueError("min_samples must be at least 1")
    X = np.asarray(X)
    y = np.asarray(y)
    if X.ndim != 2 or X.shape[0] == 0:
        raise ValueError("X must be two-dimensional, with rows")
    if y.shape != (X.shape[0],):
        raise ValueError("y must have shape (n,)")
    if not np.all(np.isfinite(X)):
        raise ValueError("X must be finite")
    return _build(X, y, 0, max_depth, min_samples)


def predict(tree, X):
    X = np.asarray(X)
    out = np.empty(X.shape[0], dtype=np.int64)

    def walk(node, rows):
        if "feature" not in node:
            out[rows] = node["label"]
            return
        mask = X[rows, node["feature"]] <= node["threshold"]
        walk(node["left"], rows[mask])
        walk(node["right"], rows[~mask])

    walk(tree, np.arange(X.shape[0]))
    return out
