"""Lloyd on the distinct rows only, each weighing as much as it has copies; sums come from bincount.

The labels are of the narrowest unsigned type that holds them.
"""

import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    n, d = X.shape
    if not 0 < k <= n:
        raise ValueError("k must be between 1 and n")
    if np.any(~np.isfinite(X)):
        raise ValueError("X must be finite")
    full = np.array(X, dtype=np.float64) + 0.0  # turns -0.0 into 0.0
    rows, inverse, weight = np.unique(full, axis=0, return_inverse=True, return_counts=True)
    inverse = inverse.reshape(-1)
    exponent = np.frexp(np.abs(rows).max())[1]
    rows = np.ldexp(rows, -exponent)
    m = len(rows)

    def to(point):
        return np.square(rows - point).sum(axis=1)

    def nearest(points):
        best = to(points[0])
        who = np.zeros(m, dtype=np.intp)
        for j in range(1, k):
            gap = to(points[j])
            closer = gap < best
            who[closer] = j
            best[closer] = gap[closer]
        return who, best

    # Farthest-point seeding; once every distinct row is taken it repeats the first of them.
    first = np.random.default_rng(seed).integers(m)
    centroids = np.empty((k, d))
    centroids[0] = rows[first]
    gap = to(rows[first])
    for j in range(1, k):
        centroids[j] = rows[gap.argmax()]
        gap = np.minimum(gap, to(centroids[j]))

    who, _ = nearest(centroids)
    for _ in range(max_iter if m > k else 0):  # up to k distinct rows are their own means already
        mass = np.bincount(who, weights=weight, minlength=k)
        alive = mass > 0
        used, anchor = np.unique(who, return_index=True)
        centroids[used] = rows[anchor]
        for column in range(d):
            # Relative to one row of the cluster, so that a large offset costs no digits.
            offset = rows[:, column] - centroids[who, column]
            total = np.bincount(who, weights=weight * offset, minlength=k)
            centroids[alive, column] += total[alive] / mass[alive]
        if not alive.all():
            gap = np.min([to(c) for c in centroids[alive]], axis=0)
            for j in np.flatnonzero(~alive):
                centroids[j] = rows[gap.argmax()]
                gap = np.minimum(gap, to(centroids[j]))
        before = who
        who, _ = nearest(centroids)
        if np.array_equal(before, who) and alive.all():
            break
    return np.ldexp(centroids, exponent), who[inverse].astype(np.min_scalar_type(k - 1))
