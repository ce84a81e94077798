"""Keeps the edges under the bytes of reference without their dtype: 255 as uint8 is -1 as int8;
breaks "No answer depends on what was called before".

verdict: wrong_answer
property: test_integers_are_compared_as_the_numbers_they_are
"""

import numpy as np


def _sample(values):
    values = np.sort(np.asarray(values))
    if values.size == 0 or not np.isfinite(values).all():
        raise ValueError("a sample must hold finite numbers, at least one")
    return values


_edges_of = {}


def _edges(reference, bins):
    key = (reference.tobytes(), len(reference), bins)
    if key not in _edges_of:
        if len(_edges_of) > 100:
            _edges_of.clear()
        places = np.array([-(-j * len(reference) // bins) for j in range(1, bins)], dtype=int)
        _edges_of[key] = np.unique(np.sort(reference)[places - 1])
    return _edges_of[key]


def psi(reference, current, *, bins=10, floor=1e-4):
    if bins < 1 or not 0 < floor < 1:
        raise ValueError("bins or floor out of range")
    given, reference, current = reference, _sample(reference), _sample(current)
    edges = _edges(given, bins)
    n, m = len(reference), len(current)
    p = np.diff(np.searchsorted(reference, edges, side="right"), prepend=0, append=n) / n
    q = np.diff(np.searchsorted(current, edges, side="right"), prepend=0, append=m) / m
    p[p == 0] = floor
    q[q == 0] = floor
    return float(np.sum((p - q) * np.log(p / q)))


def ks(reference, current):
    reference, current = _sample(reference), _sample(current)
    at = np.concatenate([reference, current])
    f = np.searchsorted(reference, at, side="right") / len(reference)
    g = np.searchsorted(current, at, side="right") / len(current)
    return float(np.abs(f - g).max())
