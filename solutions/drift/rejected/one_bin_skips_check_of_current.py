"""Returns 0 for a single bin before it has looked at current; breaks "Both raise ValueError when a
sample is empty, or holds a NaN or an infinity".

verdict: wrong_answer
property: test_samples_that_are_empty_or_not_finite_are_refused
"""

import numpy as np


def _check(values):
    values = np.asarray(values)
    if values.size == 0:
        raise ValueError("a sample is empty")
    if not np.isfinite(values).all():
        raise ValueError("a sample holds a NaN or an infinity")
    return values.astype(np.float64)


def psi(reference, current, *, bins=10, floor=1e-4):
    ref = _check(reference)
    if bins < 1:
        raise ValueError("bins must be at least 1")
    if not 0 < floor < 1:
        raise ValueError("floor must be between 0 and 1")
    if bins == 1:
        return 0.0
    cur = _check(current)
    n = len(ref)
    ordered = np.sort(ref)
    places = [-(-j * n // bins) - 1 for j in range(1, bins)]
    edges = np.unique(ordered[np.array(places, dtype=int)])
    size = len(edges) + 1

    def shares(x):
        counts = np.bincount(np.searchsorted(edges, x, side="left"), minlength=size)
        share = counts / len(x)
        share[counts == 0] = floor
        return share

    p = shares(ref)
    q = shares(cur)
    return float(np.sum((p - q) * np.log(p / q)))


def ks(reference, current):
    ref = np.sort(_check(reference))
    cur = np.sort(_check(current))
    both = np.concatenate([ref, cur])
    f = np.searchsorted(ref, both, side="right") / len(ref)
    g = np.searchsorted(cur, both, side="right") / len(cur)
    return float(np.max(np.abs(f - g)))
