"""Divides first, n / bins * j, which is rounded to more than a whole number for some; breaks "the
number at place ceil(j * n / bins) of the sorted reference".

verdict: wrong_answer
property: test_psi_is_the_sum_over_the_bins_of_reference
"""

import numpy as np


def _check(reference, current):
    for a in (reference, current):
        if a.size == 0:
            raise ValueError("empty")
        if not np.isfinite(a).all():
            raise ValueError("not finite")


def psi(reference, current, *, bins=10, floor=1e-4):
    _check(reference, current)
    if bins < 1:
        raise ValueError("bins")
    if not 0 < floor < 1:
        raise ValueError("floor")
    n, m = len(reference), len(current)
    ordered = np.sort(reference)
    places = [int(np.ceil(n / bins * j)) for j in range(1, bins)]
    edges = np.unique(ordered[[p - 1 for p in places]]) if places else ordered[:0]
    p = np.bincount(np.searchsorted(edges, reference, side="left"), minlength=len(edges) + 1) / n
    q = np.bincount(np.searchsorted(edges, current, side="left"), minlength=len(edges) + 1) / m
    p = np.where(p == 0, floor, p)
    q = np.where(q == 0, floor, q)
    return float(((p - q) * np.log(p / q)).sum())


def ks(reference, current):
    _check(reference, current)
    a, b = np.sort(reference), np.sort(current)
    t = np.concatenate([a, b])
    f = np.searchsorted(a, t, side="right") / len(a)
    g = np.searchsorted(b, t, side="right") / len(b)
    return float(np.abs(f - g).max())
