"""Seeds each class with seed + its number, which RandomState refuses from 2**32 on; breaks "an int
with 0 <= seed < 2**32".

verdict: runtime_error
property: test_the_same_arguments_give_the_same_answer
"""

import numpy as np


def _neighbours(points, k):
    """The k nearest other rows of each row."""
    square = np.einsum("ij,ij->i", points, points)
    d2 = square[:, None] - 2 * points @ points.T + square
    np.fill_diagonal(d2, np.inf)
    k = min(k, len(points) - 1)
    return np.argpartition(d2, k - 1, axis=1)[:, :k]


def smote(X, y, *, k=5, seed=0):
    if len(X) != len(y):
        raise ValueError("X and y differ in length")
    if k < 1:
        raise ValueError("k must be at least 1")
    data = X.astype(np.float64)
    if not np.isfinite(data).all():
        raise ValueError("X holds a NaN or an infinity")
    labels, counts = np.unique(y, return_counts=True)
    rows, names = [data], [y]
    for c, (label, count) in enumerate(zip(labels, counts)):
        missing = counts.max() - count
        if missing == 0:
            continue
        if count == 1:
            raise ValueError("a class of one row has no neighbours")
        points = data[y == label]
        near = _neighbours(points, k)
        rng = np.random.RandomState(seed + c)  # own stream for each class
        i = rng.randint(count, size=missing)
        j = near[i, rng.randint(near.shape[1], size=missing)]
        u = rng.uniform(size=(missing, 1))
        rows.append(points[i] + u * (points[j] - points[i]))
        names.append(np.repeat(label, missing))
    return np.concatenate(rows), np.concatenate(names)
