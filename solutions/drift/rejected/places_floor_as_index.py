"""Takes index j * n // bins, which is one too many where bins divides j * n; breaks "the
number at place ceil(j * n / bins) of the sorted reference".

verdict: wrong_answer
property: test_psi_is_the_sum_over_the_bins_of_reference
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
    n, m = len(reference), len(current)
    ordered = np.sort(reference)
    edges = np.unique([ordered[j * n // bins] for j in range(1, bins)])
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
