"""Five restarts from greedy k-means++ seedings, each with its own child generator; the lowest inertia wins.

Distances are taken block by block from broadcast differences, and the labels are int32.
"""

import numpy as np

RESTARTS = 5
BLOCK = 1 << 20


def squared_distances(A, B):
    out = np.empty((len(A), len(B)))
    step = max(1, BLOCK // max(1, B.size))
    for lo in range(0, len(A), step):
        diff = A[lo : lo + step, None, :] - B[None, :, :]
        out[lo : lo + step] = np.einsum("ijk,ijk->ij", diff, diff)
    return out


def greedy_plusplus(X, k, rng):
    n = len(X)
    trials = 2 + int(np.log(k))
    chosen = [int(rng.integers(n))]
    closest = squared_distances(X, X[chosen])[:, 0]
    while len(chosen) < k:
        total = closest.sum()
        if total == 0:
            chosen.append(int(rng.integers(n)))
            continue
        candidates = rng.choice(n, size=trials, p=closest / total)
        updated = np.minimum(closest[:, None], squared_distances(X, X[candidates]))
        best = updated.sum(axis=0).argmin()
        chosen.append(int(candidates[best]))
        closest = updated[:, best]
    return X[chosen]


def lloyd(X, centroids, max_iter):
    k = len(centroids)
    distances = squared_distances(X, centroids)
    labels = distances.argmin(axis=1)
    for _ in range(max_iter):
        members = labels[:, None] == np.arange(k)
        counts = members.sum(axis=0)
        full = np.flatnonzero(counts)
        moved = centroids.copy()
        for j in full:
            rows = X[members[:, j]]
            moved[j] = rows[0] + (rows - rows[0]).mean(axis=0)
        if len(full) < k:
            gap = squared_distances(X, moved[full]).min(axis=1)
            for j in np.flatnonzero(counts == 0):
                far = gap.argmax()
                moved[j] = X[far]
                gap = np.minimum(gap, squared_distances(X, X[[far]])[:, 0])
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        distances = squared_distances(X, centroids)
        labels = distances.argmin(axis=1)
    return centroids, labels, distances.min(axis=1).sum()


def kmeans(X, k, *, max_iter=300, seed=0):
    data = np.asarray(X).astype(np.float64)
    if k < 1:
        raise ValueError("k < 1")
    if k > data.shape[0]:
        raise ValueError("k > n")
    if not np.all(np.isfinite(data)):
        raise ValueError("X is not finite")
    _, exponent = np.frexp(np.max(np.abs(data)))
    data = np.ldexp(data, -exponent)
    children = np.random.SeedSequence(seed).spawn(RESTARTS)
    runs = [
        lloyd(data, greedy_plusplus(data, k, np.random.default_rng(child)), max_iter)
        for child in children
    ]
    centroids, labels, _ = min(runs, key=lambda run: run[2])
    return np.ldexp(centroids, exponent), labels.astype(np.int32)
