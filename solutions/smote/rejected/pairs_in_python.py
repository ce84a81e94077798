"""Visits each pair of rows in Python; breaks "visit no pair of rows in Python".

verdict: time_limit_exceeded
property: test_1_000_rows_take_at_most_6_times_as_long_as_plain_numpy
"""

import numpy as np


def check(X, y, k):
    if len(X) != len(y):
        raise ValueError("X and y differ in length")
    if k < 1:
        raise ValueError("k must be at least 1")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")


def neighbours_of(rows, k):
    near = []
    for i, row in enumerate(rows):
        squares = [
            (sum((p - q) ** 2 for p, q in zip(row, other)), j)
            for j, other in enumerate(rows)
            if j != i
        ]
        near.append([j for _, j in sorted(squares)[:k]])
    return np.array(near)


def smote(X, y, *, k=5, seed=0):
    check(X, y, k)
    rng = np.random.default_rng(seed)
    X = X.astype(np.float64)
    classes, counts = np.unique(y, return_counts=True)
    all_X, all_y = [X], [y]
    for label, count in zip(classes, counts):
        need = counts.max() - count
        if need == 0:
            continue
        if count == 1:
            raise ValueError("a class has only one row")
        rows = X[y == label]
        near = neighbours_of(rows, k)
        a = rng.integers(count, size=need)
        b = near[a, rng.integers(near.shape[1], size=need)]
        u = rng.random((need, 1))
        all_X.append(rows[a] + u * (rows[b] - rows[a]))
        all_y.append(np.full(need, label))
    return np.concatenate(all_X), np.concatenate(all_y)
