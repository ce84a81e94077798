"""Counts what is at most each edge in the sorted samples and takes differences; ks is a
running sum of signed counts over the distinct numbers.
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


def shares(ordered, edges, floor):
    below = np.searchsorted(ordered, edges, side="right")
    share = np.diff(below, prepend=0, append=len(ordered)) / len(ordered)
    return np.where(share > 0, share, floor)


def psi(reference, current, *, bins=10, floor=1e-4):
    check_options(bins, floor)
    check(reference, current)
    reference, current = np.sort(reference), np.sort(current)
    j = np.arange(1, bins)
    places = (j * len(reference) + bins - 1) // bins
    edges = np.unique(reference[places - 1])
    p, q = shares(reference, edges, floor), shares(current, edges, floor)
    return np.sum((p - q) * (np.log(p) - np.log(q)))


def ks(reference, current):
    check(reference, current)
    n, m = len(reference), len(current)
    both = np.concatenate([reference, current]).astype(np.float64)
    weight = np.repeat([m, -n], [n, m])
    order = np.argsort(both)
    both, running = both[order], np.cumsum(weight[order])
    last_of_its_value = np.append(both[1:] != both[:-1], True)
    return np.abs(running[last_of_its_value]).max() / (n * m)
