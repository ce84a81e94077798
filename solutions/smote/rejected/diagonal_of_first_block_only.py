"""Computes distances for 256 rows at a time, to save memory, but takes the diagonal of each block for
the rows themselves, which it is in the first alone: each later row is its own nearest neighbour;
breaks "of the other given rows of the class" and "at most one new row in 100 has the numbers of a
given row".

verdict: wrong_answer
property: test_hardly_any_new_row_is_a_copy_of_a_given_one
"""

import numpy as np

BLOCK = 256


def check(X, y, k):
    if len(X) != len(y):
        raise ValueError("X and y differ in length")
    if k < 1:
        raise ValueError("k must be at least 1")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")


def neighbours_of(rows, k):
    near = []
    for start in range(0, len(rows), BLOCK):
        squared = ((rows[start : start + BLOCK, None, :] - rows) ** 2).sum(axis=2)
        np.fill_diagonal(squared, np.inf)
        near.append(np.argsort(squared, axis=1)[:, : min(k, len(rows) - 1)])
    return np.concatenate(near)


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
