"""Stops when no centroid moves by more than 1e-6, whatever the size of the numbers; breaks "Once
nothing changes any more".

verdict: wrong_answer
property: test_the_default_max_iter_runs_to_convergence
"""

import numpy as np

COMPLEXITY = "O(n * k * d * iterations)"


def _assign(X, C):
    n, k = len(X), len(C)
    D = np.empty((k, n))
    for j in range(k):
        D[j] = ((X - C[j]) ** 2).sum(axis=1)
    labels = D.argmin(axis=0)
    return labels, D[labels, np.arange(n)]


def _seed(X, k, rng):
    n = len(X)
    C = np.empty((k, X.shape[1]))
    C[0] = X[rng.integers(n)]
    near = ((X - C[0]) ** 2).sum(axis=1)
    for j in range(1, k):
        total = near.sum()
        if total > 0:
            i = rng.choice(n, p=near / total)
        else:
            i = rng.integers(n)
        C[j] = X[i]
        near = np.minimum(near, ((X - C[j]) ** 2).sum(axis=1))
    return C


def _move(X, labels, dist, C):
    C = C.copy()
    dist = dist.copy()
    for j in range(len(C)):
        mine = X[labels == j]
        if len(mine):
            C[j] = mine[0] + (mine - mine[0]).mean(axis=0)
    for j in np.flatnonzero(np.bincount(labels, minlength=len(C)) == 0):
        far = dist.argmax()
        if dist[far] > 0:
            C[j] = X[far]
            dist = np.minimum(dist, ((X - X[far]) ** 2).sum(axis=1))
    return C


def kmeans(X, k, *, max_iter=300, seed=0):
    X = np.array(X, dtype=np.float64)
    n = len(X)
    if k < 1 or k > n:
        raise ValueError("k must be from 1 to n")
    if not np.isfinite(X).all():
        raise ValueError("NaN or infinity")
    rng = np.random.default_rng(seed)
    C = _seed(X, k, rng)
    labels, dist = _assign(X, C)
    for _ in range(max_iter):
        old = C
        C = _move(X, labels, dist, C)
        labels, dist = _assign(X, C)
        if np.abs(C - old).max() <= 1e-6 and len(np.unique(labels)) == k:
            break
    return C, labels
