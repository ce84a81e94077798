"""Goes through the classes in the order of a set, which is another one for strings in each process;
breaks "give exactly the same answer".

verdict: wrong_answer
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
    y_list = y.tolist()
    counts = {label: y_list.count(label) for label in set(y_list)}
    largest = max(counts.values())
    rng = np.random.default_rng(seed)
    rows, names = [data], [y]
    for label, count in counts.items():
        missing = largest - count
        if missing == 0:
            continue
        if count == 1:
            raise ValueError("a class of one row has no neighbours")
        points = data[y == label]
        near = _neighbours(points, k)
        i = rng.integers(count, size=missing)
        j = near[i, rng.integers(near.shape[1], size=missing)]
        u = rng.random((missing, 1))
        rows.append(points[i] + u * (points[j] - points[i]))
        names.append(np.full(missing, label, dtype=y.dtype))
    return np.concatenate(rows), np.concatenate(names)
