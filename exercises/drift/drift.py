"""Write functions to detect that the distribution of a feature has drifted.

reference holds the values that a feature had when the model was trained, and
current those that it has today. Write two measures of how far the two samples
are apart:

    psi(reference, current, bins=10)   # population stability index
    ks(reference, current)             # Kolmogorov-Smirnov statistic

What is given
-------------
reference and current are one-dimensional NumPy arrays of n >= 1 and m >= 1
numbers, float64 or of any integer type, not necessarily both of the same.
Their numbers are finite and at most 10**9 in size. They are in any order, and
may hold the same number many times.

What is graded
--------------
* Both functions return one float (Python's or NumPy's float64).
* psi compares the shares of the two samples in bins that are cut at quantiles
  of reference alone:

  1. Edges. Let bins be an int from 1 to 100. For j = 1 to bins - 1, edge j is
     the number at place ceil(j * n / bins) of the sorted reference, counted
     from 1: the smallest of its numbers such that at least j / bins of
     reference are at most that. Mind that j / bins itself may be rounded up,
     and then n times that, and np.quantile, are a place too far. Edges that are
     equal count once.
  2. Bins. With E distinct edges there are E + 1 bins: up to and including the
     first edge, above the first up to and including the second, and so on, and
     above the last. So every number falls into one of them, also those outside
     the range of reference. bins = 1 has no edge and a single bin.
  3. Shares. p is the share of reference in a bin (count / n), q that of
     current (count / m). A share of 0 is replaced by `floor` (a float,
     0 < floor < 1), since its logarithm has no value. Other shares stay as they
     are, also those smaller than floor, and nothing is rescaled to sum to 1.
  4. psi is the sum of (p - q) * ln(p / q) over the bins.

* ks is the largest value, over all numbers t, of the difference in size
  between the share of reference that is at most t and the share of current
  that is at most t.
* What follows. Both are 0 for a sample and itself in another order; ks does
  not change when the samples are swapped; ks is 1 where one sample lies wholly
  below the other; neither changes when both samples go through the same
  strictly increasing function, since only the order of the numbers matters.
* Errors. Both raise ValueError when a sample is empty, or holds a NaN or an
  infinity. psi raises it when bins < 1, and when floor is not between 0 and 1,
  as NaN is not.
* Numbers are compared up to the rounding of float64 arithmetic.
* The arguments are left unchanged. No answer depends on what was called
  before. The caller may overwrite what is returned, and call again.
* Cost. psi and ks of two samples of 20,000 numbers, together, take at most 100
  times the processor time of np.argsort on both. So do not compare every
  number of one sample with every one of the other.

What is allowed
---------------
NumPy and the standard library. Not allowed are SciPy, scikit-learn and other
libraries that bring either measure.

Each call may take 2 seconds.
"""

import numpy as np


def psi(
    reference: np.ndarray, current: np.ndarray, *, bins: int = 10, floor: float = 1e-4
) -> float:
    """Return the population stability index of current against reference."""
    raise NotImplementedError


def ks(reference: np.ndarray, current: np.ndarray) -> float:
    """Return the two-sample Kolmogorov-Smirnov statistic, between 0 and 1."""
    raise NotImplementedError
