"""Quantile edges and searchsorted for psi; distribution functions at all numbers for ks."""

import numpy as np


def psi(reference, current, *, bins=10, floor=1e-4):
    reference, current = _checked(reference), _checked(current)
    if bins < 1:
        raise ValueError(f"bins must be at least 1, not {bins}")
    if not 0 < floor < 1:
        raise ValueError(f"floor must lie between 0 and 1, not {floor}")
    n = len(reference)
    # Place ceil(j * n / bins), but counted from 0; in whole numbers, which no rounding can push up.
    places = (np.arange(1, bins) * n - 1) // bins
    edges = np.unique(np.sort(reference)[places])
    p = _shares(reference, edges, floor)
    q = _shares(current, edges, floor)
    return float(np.sum((p - q) * np.log(p / q)))


def ks(reference, current):
    reference, current = np.sort(_checked(reference)), np.sort(_checked(current))
    # Both functions are steps that rise at these numbers, so nothing is missed between them.
    steps = np.concatenate([reference, current])
    below = np.searchsorted(reference, steps, side="right") / len(reference)
    below_too = np.searchsorted(current, steps, side="right") / len(current)
    return float(np.abs(below - below_too).max())


def _checked(sample):
    sample = np.asarray(sample)
    if not len(sample):
        raise ValueError("a sample is empty")
    if not np.isfinite(sample).all():
        raise ValueError("a sample holds NaN or infinity")
    return sample


def _shares(sample, edges, floor):
    """The share of the sample in each of the bins between the edges, empty ones at floor."""
    # searchsorted puts a number that equals an edge into the bin below it.
    bin_of = np.searchsorted(edges, sample)
    shares = np.bincount(bin_of, minlength=len(edges) + 1) / len(sample)
    return np.where(shares == 0, floor, shares)
