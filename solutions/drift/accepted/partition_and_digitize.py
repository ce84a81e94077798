"""Partition at the places of the edges and digitize for psi; one signed cumulative sum for ks."""

import numpy as np


def _finite(*samples):
    for sample in samples:
        if sample.size == 0 or not np.isfinite(sample).all():
            raise ValueError("samples must hold numbers, and only finite ones")


def psi(reference, current, *, bins=10, floor=1e-4):
    _finite(reference, current)
    if bins < 1:
        raise ValueError("at least one bin is needed")
    if not 0 < floor < 1:
        raise ValueError("floor is a share between 0 and 1")
    n = len(reference)
    places = np.array([(j * n + bins - 1) // bins - 1 for j in range(1, bins)], dtype=int)
    edges = np.unique(np.partition(reference, np.unique(places))[places]) if bins > 1 else []
    total = 0.0
    ours = np.digitize(reference.astype(float), edges, right=True)
    theirs = np.digitize(current.astype(float), edges, right=True)
    for b in range(len(edges) + 1):
        p = np.mean(ours == b) or floor
        q = np.mean(theirs == b) or floor
        total += (p - q) * np.log(p / q)
    return np.float64(total)


def ks(reference, current):
    _finite(reference, current)
    both = np.concatenate([reference.astype(float), current.astype(float)])
    order = np.argsort(both, kind="stable")
    signed = np.where(order < len(reference), 1 / len(reference), -1 / len(current))
    walk = np.cumsum(signed)
    # Only behind the last of several equal numbers is the walk a difference of the functions.
    numbers = both[order]
    last = np.append(numbers[1:] != numbers[:-1], True)
    return np.abs(walk[last]).max()
