"""Takes the distances from products in float32, which leave nothing of them far from the origin;
breaks "the k at the smallest Euclidean distance from x".

verdict: wrong_answer
property: test_every_new_row_lies_between_a_row_and_a_near_neighbour
"""

import numpy as np


def _neighbours(P, k):
    P = P.astype(np.float32)
    sq = (P * P).sum(axis=1)
    d = sq[:, None] - 2 * (P @ P.T) + sq[None, :]
    np.fill_diagonal(d, np.inf)
    k = min(k, len(P) - 1)
    return np.argsort(d, axis=1)[:, :k]


def smote(X, y, *, k=5, seed=0):
    if len(X) != len(y):
        raise ValueError("X and y differ in length")
    if k < 1:
        raise ValueError("k must be at least 1")
    data = X.astype(np.float64)
    if not np.isfinite(data).all():
        raise ValueError("X holds a NaN or an infinity")
    labels, counts = np.unique(y, return_counts=True)
    need = counts.max() - counts
    if ((need > 0) & (counts == 1)).any():
        raise ValueError("a class of one row has no neighbours")
    rng = np.random.default_rng(seed)
    rows, names = [data], [y]
    for label, m in zip(labels, need):
        if m == 0:
            continue
        P = data[y == label]
        near = _neighbours(P, k)
        base = rng.integers(0, len(P), size=m)
        pick = near[base, rng.integers(0, near.shape[1], size=m)]
        u = rng.random((m, 1))
        rows.append(P[base] + u * (P[pick] - P[base]))
        names.append(np.full(m, label, dtype=y.dtype))
    return np.concatenate(rows), np.concatenate(names)
