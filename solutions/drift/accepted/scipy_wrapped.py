"""SciPy's two-sample test for ks and its relative entropies for psi; the bins are counted here.

uses: scipy
"""

import numpy as np
from scipy.special import rel_entr
from scipy.stats import ks_2samp


def _sample(values):
    values = np.array(values, dtype=float)
    if not values.size:
        raise ValueError("empty sample")
    if not np.isfinite(values).all():
        raise ValueError("not finite")
    return values


def psi(reference, current, *, bins=10, floor=1e-4):
    reference, current = _sample(reference), _sample(current)
    if not bins >= 1 or not 0 < floor < 1:
        raise ValueError("bins or floor is out of range")
    n = len(reference)
    ordered = np.sort(reference)
    edges = np.unique([ordered[(j * n + bins - 1) // bins - 1] for j in range(1, bins)])

    def shares(sample):
        up_to = np.searchsorted(np.sort(sample), edges, side="right")
        counts = np.diff(np.concatenate([[0], up_to, [len(sample)]]))
        return np.where(counts > 0, counts / len(sample), floor)

    p, q = shares(reference), shares(current)
    # The sum of both divergences, the two terms of a bin together: that is (p - q) * ln(p / q).
    return float((rel_entr(p, q) + rel_entr(q, p)).sum())


def ks(reference, current):
    return float(ks_2samp(_sample(reference), _sample(current), method="asymp").statistic)
