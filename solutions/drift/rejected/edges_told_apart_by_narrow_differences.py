"""Tells equal edges by their differences in the type of reference, which wrap around in int8;
breaks "float64 or of any integer type".

verdict: wrong_answer
property: test_integers_are_compared_as_the_numbers_they_are
"""

import numpy as np


def _check(values):
    values = np.asarray(values)
    if values.size == 0:
        raise ValueError("a sample is empty")
    if not np.isfinite(values).all():
        raise ValueError("a sample holds a NaN or an infinity")
    return values


def psi(reference, current, *, bins=10, floor=1e-4):
    ref = _check(reference)
    cur = _check(current)
    if bins < 1:
        raise ValueError("bins must be at least 1")
    if not 0 < floor < 1:
        raise ValueError("floor must be between 0 and 1")
    n = len(ref)
    ordered = np.sort(ref)
    places = [-(-j * n // bins) - 1 for j in range(1, bins)]
    edges = ordered[np.array(places, dtype=int)]
    if len(edges):
        edges = edges[np.concatenate(([True], np.diff(edges) > 0))]
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
