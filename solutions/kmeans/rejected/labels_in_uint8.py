"""Keeps the labels in uint8, which has no room for more than 256 clusters; breaks "labels[i] is the
row number of the returned centroid that is nearest to X[i]".

verdict: wrong_answer
property: test_every_label_names_the_nearest_centroid
"""

import numpy as np


def _sq(X, c):
    return ((X - c) ** 2).sum(axis=1)


def _start(X, k, rng):
    picks = [int(rng.integers(len(X)))]
    d2 = _sq(X, X[picks[0]])
    while len(picks) < k:
        total = d2.sum()
        if total > 0:
            i = int(rng.choice(len(X), p=d2 / total))
        else:
            i = int(rng.integers(len(X)))
        picks.append(i)
        d2 = np.minimum(d2, _sq(X, X[i]))
    return X[picks].astype(float)


def _assign(X, C):
    return np.stack([_sq(X, c) for c in C], axis=1).argmin(axis=1).astype(np.uint8)


def _move(X, C, labels):
    C = C.copy()
    k = len(C)
    for j in range(k):
        mine = X[labels == j]
        if len(mine):
            C[j] = mine[0] + (mine - mine[0]).mean(axis=0)
    d2 = _sq(X, C[labels])
    for j in np.setdiff1d(np.arange(k), labels):
        i = d2.argmax()
        C[j] = X[i]
        d2 = np.minimum(d2, _sq(X, C[j]))
    return C


def kmeans(X, k, *, max_iter=300, seed=0):
    X = np.array(X, dtype=float)
    n = len(X)
    if k < 1 or k > n:
        raise ValueError("k must be between 1 and n")
    if not np.isfinite(X).all():
        raise ValueError("NaN or infinity")
    rng = np.random.default_rng(seed)
    C = _start(X, k, rng)
    labels = _assign(X, C)
    for _ in range(max_iter):
        C = _move(X, C, labels)
        new = _assign(X, C)
        if (new == labels).all():
            break
        labels = new
    return C, labels
