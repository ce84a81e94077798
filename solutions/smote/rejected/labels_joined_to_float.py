"""Joins labels of uint64 and new ones of int64, which makes them float64; breaks "integers of any
type, or strings of any width, as y is".

verdict: wrong_answer
property: test_the_given_rows_come_first_and_unchanged
"""

import numpy as np


class _Class:
    def __init__(self, P, k, rng):
        self.P = P
        n = len(P)
        d = np.zeros((n, n))
        for column in P.T:
            d += np.square(np.subtract.outer(column, column))
        shuffle = rng.permutation(n)  # ties fall by chance
        # the first is the row itself, or a row with the same numbers: no new row can tell
        self.near = shuffle[np.argsort(d[:, shuffle], axis=1, kind="stable")][:, 1 : k + 1]

    def draw(self, m, rng):
        n, k = self.near.shape
        turns = np.concatenate([rng.permutation(n) for _ in range(-(-m // n))])[:m]
        z = self.P[self.near[turns, rng.integers(k, size=m)]]
        u = rng.random(m)[:, np.newaxis]
        return self.P[turns] * (1 - u) + z * u


def smote(X, y, *, k=5, seed=0):
    if len(X) != len(y) or k < 1:
        raise ValueError("bad arguments")
    if not np.isfinite(np.sum(np.abs(X), dtype=float)):
        raise ValueError("X must be finite")
    rng = np.random.default_rng([seed, 20240501])
    X = np.asarray(X).astype(np.float64, copy=True)
    kinds = sorted(set(y.tolist()))
    groups = {c: np.flatnonzero(y == c) for c in kinds}
    top = max(g.size for g in groups.values())
    small = {c: g for c, g in groups.items() if g.size < top}
    if min((g.size for g in small.values()), default=2) < 2:
        raise ValueError("a class of one row")
    new = [_Class(X[g], k, rng).draw(top - g.size, rng) for g in small.values()]
    names = [c for c, g in small.items() for _ in range(top - g.size)]
    if not names:
        return X, np.array(y)
    return np.concatenate([X, *new]), np.concatenate([y, np.array(names)])
