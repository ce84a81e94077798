"""Looks at no more than 10,000 of the numbers, evenly spread; breaks "the largest value, over all
numbers t".

verdict: wrong_answer
property: test_ks_is_the_largest_difference_between_the_shares_at_most_t
"""

import numpy as np


def _sample(values):
    values = np.sort(np.asarray(values))
    if values.size == 0 or not np.isfinite(values).all():
        raise ValueError("a sample must hold finite numbers, at least one")
    return values


def psi(reference, current, *, bins=10, floor=1e-4):
    if bins < 1 or not 0 < floor < 1:
        raise ValueError("bins or floor out of range")
    reference, current = _sample(reference), _sample(current)
    n, m = len(reference), len(current)
    places = np.array([-(-j * n // bins) for j in range(1, bins)], dtype=int)
    edges = np.unique(reference[places - 1])
    p = np.diff(np.searchsorted(reference, edges, side="right"), prepend=0, append=n) / n
    q = np.diff(np.searchsorted(current, edges, side="right"), prepend=0, append=m) / m
    p[p == 0] = floor
    q[q == 0] = floor
    return float(np.sum((p - q) * np.log(p / q)))


def ks(reference, current):
    reference, current = _sample(reference), _sample(current)
    at = np.sort(np.concatenate([reference, current]))
    if at.size > 10_000:  # as good as all of them
        at = at[np.linspace(0, at.size - 1, 10_000).astype(int)]
    f = np.searchsorted(reference, at, side="right") / len(reference)
    g = np.searchsorted(current, at, side="right") / len(current)
    return float(np.abs(f - g).max())
