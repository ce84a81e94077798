"""Takes it that a cluster which starts on a point that is far from all others keeps some, and fills
none; breaks "every label from 0 to k - 1 is used once the algorithm has converged".

verdict: wrong_answer
property: test_no_cluster_is_empty_while_there_are_k_distinct_rows
"""

import numpy as np


def _sq(X, c):
    return ((X - c) ** 2).sum(axis=1)


def _start(X, k):
    # farthest first, from the row farthest from the mean on
    picks = [int(_sq(X, X.mean(axis=0)).argmax())]
    d2 = _sq(X, X[picks[0]])
    while len(picks) < k:
        i = int(d2.argmax())
        picks.append(i)
        d2 = np.minimum(d2, _sq(X, X[i]))
    return X[picks].astype(float)


def _assign(X, C):
    return np.stack([_sq(X, c) for c in C], axis=1).argmin(axis=1)


def _move(X, C, labels):
    C = C.copy()
    k = len(C)
    for j in range(k):
        mine = X[labels == j]
        if len(mine):
            C[j] = mine[0] + (mine - mine[0]).mean(axis=0)
    return C


def kmeans(X, k, *, max_iter=300, seed=0):
    X = np.array(X, dtype=float)
    n = len(X)
    if k < 1 or k > n:
        raise ValueError("k must be between 1 and n")
    if not np.isfinite(X).all():
        raise ValueError("NaN or infinity")
    C = _start(X, k)
    labels = _assign(X, C)
    for _ in range(max_iter):
        C = _move(X, C, labels)
        new = _assign(X, C)
        if (new == labels).all():
            break
        labels = new
    return C, labels
