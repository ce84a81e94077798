"""Refuses a floor that is at most 0 or at least 1, which NaN is not; breaks "psi raises it ... when
floor is not between 0 and 1".

verdict: wrong_answer
property: test_bins_below_1_and_floors_outside_0_to_1_are_refused
"""

import numpy as np


def check(reference, current):
    for sample in (reference, current):
        if len(sample) == 0:
            raise ValueError("a sample is empty")
        if not np.isfinite(sample).all():
            raise ValueError("a sample holds a NaN or an infinity")


def check_options(bins, floor):
    if bins < 1:
        raise ValueError("bins must be at least 1")
    if floor <= 0 or floor >= 1:
        raise ValueError("floor must be between 0 and 1")


def psi(reference, current, *, bins=10, floor=1e-4):
    check(reference, current)
    check_options(bins, floor)
    n, m = len(reference), len(current)
    ordered = np.sort(reference)
    places = [-(-j * n // bins) for j in range(1, bins)]
    edges = np.unique([ordered[place - 1] for place in places])
    p = np.bincount(np.searchsorted(edges, reference), minlength=len(edges) + 1) / n
    q = np.bincount(np.searchsorted(edges, current), minlength=len(edges) + 1) / m
    p[p == 0] = floor
    q[q == 0] = floor
    return float(np.sum((p - q) * np.log(p / q)))


def ks(reference, current):
    check(reference, current)
    reference, current = np.sort(reference), np.sort(current)
    points = np.concatenate([reference, current])
    f = np.searchsorted(reference, points, side="right") / len(reference)
    g = np.searchsorted(current, points, side="right") / len(current)
    return float(np.abs(f - g).max())
