"""Finds the edges by counting for each number of reference how many are at most that, over all pairs.

verdict: time_limit_exceeded
property: test_20_000_numbers_take_at_most_100_times_as_long_as_argsort
"""

import numpy as np


def psi(reference, current, *, bins=10, floor=1e-4):
    reference, current = _checked(reference), _checked(current)
    if bins < 1:
        raise ValueError(f"bins must be at least 1, not {bins}")
    if not 0 < floor < 1:
        raise ValueError(f"floor must lie between 0 and 1, not {floor}")
    n = len(reference)
    at_most = np.array([np.sum(reference <= number) for number in reference])
    edges = np.unique([reference[at_most * bins >= j * n].min() for j in range(1, bins)])
    p = _shares(reference, edges, floor)
    q = _shares(current, edges, floor)
    return float(np.sum((p - q) * np.log(p / q)))


def ks(reference, current):
    reference, current = np.sort(_checked(reference)), np.sort(_checked(current))
    steps = np.concatenate([reference, current])
    ours = np.searchsorted(reference, steps, side="right") / len(reference)
    theirs = np.searchsorted(current, steps, side="right") / len(current)
    return float(np.abs(ours - theirs).max())


def _checked(sample):
    sample = np.asarray(sample, dtype=np.float64)
    if not len(sample):
        raise ValueError("a sample is empty")
    if not np.isfinite(sample).all():
        raise ValueError("a sample holds NaN or infinity")
    return sample


def _shares(sample, edges, floor):
    """The share of the sample in each of the bins between the edges, empty ones at floor."""
    # One comparison with all edges a number.
    bin_of = [np.count_nonzero(edges < number) for number in sample]
    shares = np.bincount(bin_of, minlength=len(edges) + 1) / len(sample)
    return np.where(shares == 0, floor, shares)
