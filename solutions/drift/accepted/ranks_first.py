"""Replaces the numbers by their ranks in both samples, since only the order matters, and works
with counts of ranks.
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


def counts_by_rank(reference, current):
    n = len(reference)
    values, ranks = np.unique(np.concatenate([reference, current]), return_inverse=True)
    return (
        np.bincount(ranks[:n], minlength=len(values)),
        np.bincount(ranks[n:], minlength=len(values)),
    )


def psi(reference, current, *, bins=10, floor=1e-4):
    check(reference, current)
    check_options(bins, floor)
    a, b = counts_by_rank(reference, current)
    n, m = int(a.sum()), int(b.sum())
    upto = np.cumsum(a)
    cuts = sorted({int(np.searchsorted(upto * bins, j * n)) for j in range(1, bins)})
    starts = [0] + [cut + 1 for cut in cuts] + [len(upto)]
    total = 0.0
    for start, end in zip(starts, starts[1:]):
        p = a[start:end].sum() / n
        q = b[start:end].sum() / m
        p, q = p or floor, q or floor
        total += (p - q) * np.log(p / q)
    return float(total)


def ks(reference, current):
    check(reference, current)
    a, b = counts_by_rank(reference, current)
    return float(np.abs(a.cumsum() / a.sum() - b.cumsum() / b.sum()).max())
