"""Starts the generator from the seed for each class, so that all classes get the same draws; breaks
"all anew for each new row".

verdict: wrong_answer
property: test_every_new_row_is_drawn_anew
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
        rng = np.random.default_rng(seed)
        rows = values[y == label]
        distance = ((rows[:, None, :] - rows[None, :, :]) ** 2).sum(axis=2)
        np.fill_diagonal(distance, np.inf)
        size = min(k, count - 1)
        near = np.argpartition(distance, size - 1, axis=1)[:, :size]
        base = rng.integers(0, count, size=need)
        pick = near[base, rng.integers(0, size, size=need)]
        u = rng.random((need, 1))
        new_X.append(rows[base] + u * (rows[pick] - rows[base]))
        new_y.append(np.full(need, label, dtype=y.dtype))
    return np.concatenate(new_X), np.concatenate(new_y)
