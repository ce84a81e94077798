"""Loops over the numbers in plain Python with bisect and a merge of two lists: slow, but in time."""

import math
from bisect import bisect_left


def check(reference, current):
    if not len(reference) or not len(current):
        raise ValueError("empty sample")
    a, b = sorted(reference.tolist()), sorted(current.tolist())
    if not all(map(math.isfinite, a)) or not all(map(math.isfinite, b)):
        raise ValueError("NaN or infinity")
    return a, b


def psi(reference, current, *, bins=10, floor=1e-4):
    if bins < 1 or not 0 < floor < 1:
        raise ValueError("bins or floor")
    a, b = check(reference, current)
    edges = sorted({a[(j * len(a) + bins - 1) // bins - 1] for j in range(1, bins)})

    def shares(sample):
        counts = [0] * (len(edges) + 1)
        for number in sample:
            counts[bisect_left(edges, number)] += 1
        return [count / len(sample) or floor for count in counts]

    return math.fsum((p - q) * math.log(p / q) for p, q in zip(shares(a), shares(b)))


def ks(reference, current):
    a, b = check(reference, current)
    i = j = 0
    largest = 0.0
    while i < len(a) and j < len(b):
        t = min(a[i], b[j])
        while i < len(a) and a[i] == t:
            i += 1
        while j < len(b) and b[j] == t:
            j += 1
        largest = max(largest, abs(i / len(a) - j / len(b)))
    return largest
