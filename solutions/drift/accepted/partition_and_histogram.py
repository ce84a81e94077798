"""Finds the edges with np.partition and counts with np.histogram of the negated numbers, whose
bins are then closed on the right side; ks adds up a table of the distinct numbers.
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
    reference, current = -reference.astype(float), -current.astype(float)
    n = len(reference)
    kth = sorted({n - -(-j * n // bins) for j in range(1, bins)})
    edges = np.unique(np.partition(reference, kth)[kth]) if kth else []
    edges = np.concatenate([[-np.inf], edges, [np.inf]])
    # [-b, -a) of the negated numbers is (a, b]; an edge belongs to the bin below it, so the
    # negated edge opens its bin
    p = np.histogram(reference, edges)[0] / n
    q = np.histogram(current, edges)[0] / len(current)
    p, q = [np.where(share == 0, floor, share) for share in (p, q)]
    return float(np.sum(p * np.log(p / q)) + np.sum(q * np.log(q / p)))


def ks(reference, current):
    check(reference, current)
    n, m = len(reference), len(current)
    numbers, codes = np.unique(np.concatenate([reference, current]), return_inverse=True)
    f = np.bincount(codes[:n], minlength=len(numbers)).cumsum() / n
    g = np.bincount(codes[n:], minlength=len(numbers)).cumsum() / m
    return float(np.max(np.abs(f - g)))
