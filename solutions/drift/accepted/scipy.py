"""Counts what is at most each number with scipy.stats.rankdata for ks and adds both relative
entropies of scipy.special.rel_entr for psi.

uses: scipy
"""

import numpy as np
from scipy.special import rel_entr
from scipy.stats import rankdata


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
    places = -(-np.arange(1, bins) * len(reference) // bins)
    edges = np.unique(np.sort(reference)[places - 1])
    shares = []
    for sample in (reference, current):
        bin_of = np.searchsorted(edges, sample, side="left")
        share = np.bincount(bin_of, minlength=len(edges) + 1) / len(sample)
        shares.append(np.where(share == 0, floor, share))
    p, q = shares
    return float(rel_entr(p, q).sum() + rel_entr(q, p).sum())


def ks(reference, current):
    check(reference, current)
    n, m = len(reference), len(current)
    both = np.concatenate([reference.astype(float), current.astype(float)])
    at_most = rankdata(both, method="max")
    own = np.concatenate([rankdata(x, method="max").astype(float) for x in (both[:n], both[n:])])
    other = at_most - own
    own[:n], own[n:] = own[:n] / n, own[n:] / m
    other[:n], other[n:] = other[:n] / m, other[n:] / n
    return float(np.abs(own - other).max())
