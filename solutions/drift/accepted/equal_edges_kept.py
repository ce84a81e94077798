"""Keeps equal edges: the bins between them are empty in both samples and add (floor - floor) *
ln(1) = 0; ks looks at the shares strictly below each number, which take the same values.
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
    if not 0 < floor < 1:
        raise ValueError("floor must be between 0 and 1")


def psi(reference, current, *, bins=10, floor=1e-4):
    check(reference, current)
    check_options(bins, floor)
    n = len(reference)
    places = np.ceil(np.arange(1, bins) * n / bins).astype(int)
    edges = np.sort(reference)[places - 1]
    counts = [
        np.bincount(np.digitize(x, edges, right=True), minlength=bins) for x in (reference, current)
    ]
    p, q = counts[0] / n, counts[1] / len(current)
    p, q = p + floor * (p == 0), q + floor * (q == 0)
    return float((p - q) @ np.log(p / q))


def ks(reference, current):
    check(reference, current)
    a, b = np.sort(reference), np.sort(current)
    points = np.concatenate([a, b])
    below = np.searchsorted(a, points) / len(a) - np.searchsorted(b, points) / len(b)
    return float(max(below.max(), -below.min()))
