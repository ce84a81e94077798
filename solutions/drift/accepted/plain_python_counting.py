"""Plain Python: bisect for the bins, and a merge of the two sorted samples for ks."""

import math
from bisect import bisect_right


def _numbers(sample):
    numbers = sorted(float(x) for x in sample.tolist())
    if not numbers:
        raise ValueError("an empty sample has no distribution")
    if not all(map(math.isfinite, numbers)):
        raise ValueError("only finite numbers can be compared")
    return numbers


def psi(reference, current, *, bins=10, floor=1e-4):
    old, new = _numbers(reference), _numbers(current)
    if bins < 1 or not 0 < floor < 1:
        raise ValueError("bins >= 1 and 0 < floor < 1 are needed")
    edges = sorted({old[math.ceil(j * len(old) / bins) - 1] for j in range(1, bins)})

    def shares(numbers):
        ends = [bisect_right(numbers, edge) for edge in edges] + [len(numbers)]
        starts = [0, *ends[:-1]]
        return [(b - a) / len(numbers) or floor for a, b in zip(starts, ends, strict=True)]

    return math.fsum(
        (p - q) * (math.log(p) - math.log(q)) for p, q in zip(shares(old), shares(new), strict=True)
    )


def ks(reference, current):
    a, b = _numbers(reference), _numbers(current)
    i = j = 0
    furthest = 0.0
    while i < len(a) and j < len(b):
        t = min(a[i], b[j])
        while i < len(a) and a[i] == t:
            i += 1
        while j < len(b) and b[j] == t:
            j += 1
        furthest = max(furthest, abs(i / len(a) - j / len(b)))
    return furthest
