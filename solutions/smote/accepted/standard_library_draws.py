"""Draws with random.Random from the standard library; ties between distances are broken at
random, and the new row is a weighted mean (1 - u) * x + u * z.
"""

import random
from collections import Counter

import numpy as np


def check(X, y, k):
    if len(X) != len(y):
        raise ValueError("X and y differ in length")
    if k < 1:
        raise ValueError("k must be at least 1")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")


def smote(X, y, *, k=5, seed=0):
    check(X, y, k)
    draw = random.Random(seed)
    X = X.astype(float)
    labels = y.tolist()
    counts = Counter(labels)
    size = max(counts.values())
    X_new, y_new = [], []
    for label in sorted(counts):
        rows = X[y == label]
        m = len(rows)
        if m == size:
            continue
        if m == 1:
            raise ValueError("one row only")
        jitter = np.random.default_rng(draw.getrandbits(32))
        near = []
        for i in range(m):
            distance = np.linalg.norm(rows - rows[i], axis=1)
            order = np.lexsort([jitter.random(m), distance])
            near.append(order[order != i][:k])
        for _ in range(size - m):
            i = draw.randrange(m)
            j = near[i][draw.randrange(len(near[i]))]
            u = draw.random()
            X_new.append((1 - u) * rows[i] + u * rows[j])
            y_new.append(label)
    X_new = np.reshape(X_new, (len(X_new), X.shape[1]))
    return np.vstack([X, X_new]), np.array(labels + y_new)
