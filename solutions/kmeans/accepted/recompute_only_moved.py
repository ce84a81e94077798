"""A small class that keeps the table of distances and refreshes only the columns of centroids that moved.

Seeding draws from a PCG64 stream by inverse transform of the D^2 weights, and keeps the best of some draws;
a tie goes to the highest row number.
"""

import numpy as np


class Lloyd:
    def __init__(self, X, k, rng):
        self.X = X
        self.k = k
        self.centroids = np.empty((k, X.shape[1]))
        self.gaps = np.full((k, len(X)), np.inf)
        self.place(0, X[rng.integers(len(X))])
        for j in range(1, k):
            self.place(j, self.draw(rng))
        self.assign()

    def to(self, point):
        delta = self.X - point
        return np.einsum("ij,ij->i", delta, delta)

    def place(self, j, point):
        if not np.array_equal(self.centroids[j], point) or np.isinf(self.gaps[j]).any():
            self.centroids[j] = point
            self.gaps[j] = self.to(point)
            return True
        return False

    def draw(self, rng, trials=8):
        closest = self.gaps.min(axis=0)
        heap = closest.cumsum()
        if heap[-1] == 0.0:
            return self.X[-1]
        best = None
        for u in rng.random(trials):
            i = np.searchsorted(heap, u * heap[-1], side="right")
            i = min(i, np.flatnonzero(closest)[-1])
            rest = np.minimum(closest, self.to(self.X[i])).sum()
            if best is None or rest < best[0]:
                best = rest, i
        return self.X[best[1]]

    def assign(self):
        self.labels = self.k - 1 - self.gaps[::-1].argmin(axis=0)

    def step(self):
        """Move every centroid once; False when none of them changed."""
        changed = False
        lost = []
        for j in range(self.k):
            mine = self.X[self.labels == j]
            if len(mine):
                changed |= self.place(j, mine[0] + (mine - mine[0]).mean(axis=0))
            else:
                self.gaps[j] = np.inf
                lost.append(j)
        for j in lost:
            changed |= self.place(j, self.X[self.gaps.min(axis=0).argmax()])
        if changed:
            self.assign()
        return changed


def kmeans(X, k, *, max_iter=300, seed=0):
    if k < 1:
        raise ValueError("k must be positive")
    if k > X.shape[0]:
        raise ValueError("more clusters than rows")
    if not np.isfinite(X).all():
        raise ValueError("NaN or infinity in X")
    exponent = int(np.frexp(np.abs(X.astype(np.float64)).max())[1])
    run = Lloyd(
        np.ldexp(X.astype(np.float64), -exponent), k, np.random.Generator(np.random.PCG64(seed))
    )
    moves = 0
    while moves < max_iter:
        moves += 1
        if not run.step():
            break
    return np.ldexp(run.centroids, exponent), run.labels
