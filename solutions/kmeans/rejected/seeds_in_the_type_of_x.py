"""Takes the squared distances of the seeding in the integer type of X, where they wrap around; breaks
"X is a float64 or integer array" and "with every seed".

verdict: wrong_answer
property: test_clusters_far_apart_are_found_with_every_seed
"""

import numpy as np


def _sq(X, c):
    diff = X - c
    return np.einsum("ij,ij->i", diff, diff)


def _seed(X, k, rng):
    n = len(X)
    chosen = [int(rng.integers(n))]
    d2 = _sq(X, X[chosen[0]])
    while len(chosen) < k:
        cum = np.cumsum(d2)
        if cum[-1] > 0:
            i = int(np.searchsorted(cum, rng.random() * cum[-1], side="right"))
            i = min(i, n - 1)
            if d2[i] == 0:
                i = int(np.argmax(d2))
        else:
            i = int(rng.integers(n))
        chosen.append(i)
        d2 = np.minimum(d2, _sq(X, X[i]))
    return X[chosen].copy()


def _assign(X, C):
    best = np.full(len(X), np.inf)
    labels = np.zeros(len(X), dtype=np.int64)
    for j, c in enumerate(C):
        d = _sq(X, c)
        closer = d < best
        best[closer] = d[closer]
        labels[closer] = j
    return labels, best


def _move(X, labels, dist, C):
    k = len(C)
    counts = np.bincount(labels, minlength=k)
    new = C.copy()
    full = counts > 0
    for col in range(X.shape[1]):
        sums = np.bincount(labels, weights=X[:, col], minlength=k)
        new[full, col] = sums[full] / counts[full]
    empty = np.flatnonzero(~full)
    if len(empty):
        far = np.argsort(-dist, kind="stable")
        pos = 0
        for j in empty:
            while pos < len(far) and (dist[far[pos]] > 0 and counts[labels[far[pos]]] < 2):
                pos += 1
            if pos >= len(far) or dist[far[pos]] <= 0:
                break
            new[j] = X[far[pos]]
            counts[labels[far[pos]]] -= 1
            pos += 1
    return new


def kmeans(X, k, *, max_iter=300, seed=0):
    X = np.array(X)
    n = len(X)
    if k < 1 or k > n:
        raise ValueError("k must lie between 1 and the number of rows")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")
    rng = np.random.default_rng(seed)
    C = _seed(X, k, rng).astype(np.float64)
    X = X.astype(np.float64)
    labels, dist = _assign(X, C)
    for _ in range(max_iter):
        new = _move(X, labels, dist, C)
        if np.array_equal(new, C):
            break
        C = new
        labels, dist = _assign(X, C)
    return C, labels
