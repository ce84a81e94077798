"""Bins with np.histogram between the smallest and largest number of reference, and loses all beyond.

verdict: wrong_answer
property: test_psi_is_the_sum_over_the_bins_of_reference
"""

import numpy as np


def psi(reference, current, *, bins=10, floor=1e-4):
    reference, current = _checked(reference), _checked(current)
    if bins < 1:
        raise ValueError(f"bins must be at least 1, not {bins}")
    if not 0 < floor < 1:
        raise ValueError(f"floor must lie between 0 and 1, not {floor}")
    n = len(reference)
    # The ceiling of j * n / bins in whole numbers, which no rounding can push up.
    places = -(-np.arange(1, bins) * n // bins)
    edges = np.unique(np.sort(reference)[places - 1])
    limits = reference.min(), reference.max(), edges
    p = _shares(reference, limits, floor)
    q = _shares(current, limits, floor)
    return float(np.sum((p - q) * np.log(p / q)))


def ks(reference, current):
    reference, current = np.sort(_checked(reference)), np.sort(_checked(current))
    # Both functions are steps that rise at these numbers, so nothing is missed between them.
    steps = np.concatenate([reference, current])
    below = np.searchsorted(reference, steps, side="right") / len(reference)
    below_too = np.searchsorted(current, steps, side="right") / len(current)
    return float(np.abs(below - below_too).max())


def _checked(sample):
    sample = np.asarray(sample, dtype=np.float64)
    if not len(sample):
        raise ValueError("a sample is empty")
    if not np.isfinite(sample).all():
        raise ValueError("a sample holds NaN or infinity")
    return sample


def _shares(sample, edges, floor):
    """The share of the sample in each of the bins between the edges, empty ones at floor."""
    # side="left" puts a number that equals an edge into the bin below it.
    low, high, edges = edges
    kept = sample[(sample >= low) & (sample <= high)]
    bin_of = np.searchsorted(edges, kept, side="left")
    shares = np.bincount(bin_of, minlength=len(edges) + 1) / len(sample)
    return np.where(shares == 0, floor, shares)
