"""Rounds u * (k - 1), so that the nearest and the farthest neighbour come half as often as the
others; breaks "z evenly among the k neighbours".

verdict: wrong_answer
property: test_rows_neighbours_and_places_are_drawn_evenly
"""

import numpy as np


def smote(X, y, *, k=5, seed=0):
    X, y = np.asarray(X), np.asarray(y)
    if len(X) != len(y):
        raise ValueError("X and y differ in length")
    if k < 1:
        raise ValueError("k must be at least 1")
    if not np.isfinite(X).all():
        raise ValueError("X holds NaN or infinity")
    rng = np.random.default_rng(seed)
    values = X.astype(np.float64)
    classes, counts = np.unique(y, return_counts=True)
    largest = counts.max()
    new_X, new_y = [values], [y]
    for label, count in zip(classes, counts):
        need = largest - count
        if need == 0:
            continue
        if count == 1:
            raise ValueError("a class of a single row has no neighbours")
        rows = values[y == label]
        distance = ((rows[:, None, :] - rows[None, :, :]) ** 2).sum(axis=2)
        np.fill_diagonal(distance, np.inf)
        size = min(k, count - 1)
        near = np.argpartition(distance, size - 1, axis=1)[:, :size]
        base = rng.integers(0, count, size=need)
        pick = near[base, np.rint(rng.random(need) * (size - 1)).astype(int)]
        u = rng.random((need, 1))
        new_X.append(rows[base] + u * (rows[pick] - rows[base]))
        new_y.append(np.full(need, label, dtype=y.dtype))
    return np.concatenate(new_X), np.concatenate(new_y)
