"""Lists, math.dist and math.fsum instead of array arithmetic, seeded by random.Random.

A point leaves its cluster only for one that is strictly nearer, so ties stay where they are.
"""

import math
import random

import numpy as np


def _label(points, centroids, old):
    labels = []
    for i, p in enumerate(points):
        gaps = [math.dist(p, c) for c in centroids]
        best = min(gaps)
        stay = old is not None and gaps[old[i]] == best
        labels.append(old[i] if stay else gaps.index(best))
    return labels


def _farthest(points, centroids):
    return max(points, key=lambda p: min(math.dist(p, c) for c in centroids))


def _seed(points, k, rng):
    centroids = [rng.choice(points)]
    gap = [math.dist(p, centroids[0]) for p in points]
    for _ in range(k - 1):
        i = max(range(len(points)), key=gap.__getitem__)
        centroids.append(points[i])
        gap = [min(g, math.dist(p, points[i])) for g, p in zip(gap, points)]
    return centroids


def _move(points, centroids, labels):
    members = [[] for _ in centroids]
    for p, j in zip(points, labels):
        members[j].append(p)
    moved = [
        tuple(math.fsum(column) / len(group) for column in zip(*group)) if group else None
        for group in members
    ]
    for j, c in enumerate(moved):
        if c is None:
            moved[j] = _farthest(points, [m for m in moved if m is not None])
    return moved


def kmeans(X, k, *, max_iter=300, seed=0):
    if k < 1 or k > len(X):
        raise ValueError("there must be at least one cluster and no more clusters than rows")
    points = [tuple(map(float, row)) for row in X.tolist()]
    if not all(math.isfinite(v) for p in points for v in p):
        raise ValueError("only finite numbers can be clustered")

    # A power of two changes no digit, and keeps sums and distances from overflowing.
    _, exponent = math.frexp(max(abs(v) for p in points for v in p))
    points = [tuple(math.ldexp(v, -exponent) for v in p) for p in points]

    centroids = _seed(points, k, random.Random(seed))
    labels = _label(points, centroids, None)
    for _ in range(max_iter):
        moved = _move(points, centroids, labels)
        if moved == centroids:
            break
        centroids = moved
        labels = _label(points, centroids, labels)
    answer = [[math.ldexp(v, exponent) for v in c] for c in centroids]
    return np.array(answer, dtype=float), np.array(labels)
