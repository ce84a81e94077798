"""No random numbers: the seed only says which row the farthest-point seeding starts from (seed % n).

Lloyd is a generator of states; distances are np.hypot, and the centroids are sorted and in Fortran order.
"""

from itertools import islice

import numpy as np


def distance(X, c):
    return np.hypot.reduce(X - c, axis=1, initial=0.0)


def table(X, C):
    return np.column_stack([distance(X, c) for c in C])


def farthest_first(X, first, k):
    picked = [first]
    gap = distance(X, X[first])
    for _ in range(k - 1):
        picked.append(int(np.argmax(gap)))
        gap = np.minimum(gap, distance(X, X[picked[-1]]))
    return X[picked]


def lloyd(X, C):
    """Yield the centroids after 1, 2, 3, ... moves, and end when a move changes nothing."""
    labels = table(X, C).argmin(axis=1)
    while True:
        new = np.full_like(C, np.nan)
        for j in set(labels.tolist()):
            group = X[labels == j]
            new[j] = group[0] + np.mean(group - group[0], axis=0)
        lost = np.isnan(new[:, 0])
        if lost.any():
            gap = table(X, new[~lost]).min(axis=1)
            for j in np.flatnonzero(lost):
                new[j] = X[gap.argmax()]
                gap = np.minimum(gap, distance(X, new[j]))
        yield new
        new_labels = table(X, new).argmin(axis=1)
        if (new_labels == labels).all() and not lost.any():
            return
        C, labels = new, new_labels


def kmeans(X, k, *, max_iter=300, seed=0):
    if k < 1 or k > X.shape[0] or not np.isfinite(X).all():
        raise ValueError("need 1 <= k <= n and a finite X")
    exponent = np.frexp(np.abs(X.astype(float)).max())[1]
    X = np.ldexp(X.astype(float), -exponent)
    for C in islice(lloyd(X, farthest_first(X, seed % len(X), k)), max_iter):
        pass
    labels = table(X, C).argmin(axis=1)
    order = np.lexsort(C.T[::-1])
    rank = np.argsort(order)  # renumbered, not assigned anew: a tie must not change sides now
    return np.asfortranarray(np.ldexp(C[order], exponent)), rank[labels]
