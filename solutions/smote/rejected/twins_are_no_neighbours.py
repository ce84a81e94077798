"""Takes every row at distance 0 for the row itself; breaks "Another row with the same numbers as x
is a neighbour at distance 0".

verdict: wrong_answer
property: test_every_new_row_lies_between_a_row_and_a_near_neighbour
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
    distance = np.zeros((len(rows), len(rows)))
    for column in rows.T:
        distance += (column[:, None] - column) ** 2
    distance[distance == 0] = np.inf
    return np.argsort(distance, axis=1)[:, : min(k, len(rows) - 1)]


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
