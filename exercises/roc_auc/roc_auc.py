"""Write a function to compute the area under the ROC curve.

Write `roc_auc` below, for n rows with the labels 0 and 1 and a score each.
The area is the share of the pairs of one positive (label 1) and one negative
(label 0) row in which the positive has the higher score; a pair with equal
scores counts one half.

    roc_auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])  # 0.75: 3 of 4 pairs
    roc_auc([0, 1, 1], [0.5, 0.5, 0.9])           # 0.75: (0.5 + 1) / 2

What is graded
--------------
* Input. y_true is a list or one-dimensional NumPy array of n zeros and ones,
  of type bool, float64 or integer. y_score is a list or one-dimensional array
  of n finite numbers: float64, or integers from -2**53 to 2**53. They are
  scores and not probabilities; any finite float64 may occur, as large as
  1.7e308 or as tiny as 5e-324. Integer arrays, of labels too, come in the
  NumPy types int8 to int64 and uint8 to uint32.
* Answer. A float (Python's or NumPy's, but not its longdouble), right up to
  the rounding of n additions of numbers up to 1; so 1e-16 will do for 0.
* Ties. Two scores are equal only if they are the very same number (0.0 and
  -0.0 are): the smallest difference decides a pair. Several positives and
  negatives may share a score. The order of the rows makes no difference.
* Ranks only. A strictly increasing map of the scores, such as multiplying them
  by a million or putting ranks in their place, leaves the area as it is
  (graded where float64 keeps the order and the ties). So turning all scores
  round turns the area into 1 - area: an area below 0.5 is no error.
* Errors. ValueError when y_true and y_score differ in length, when there is
  no positive or no negative row (there are no pairs then; this includes
  n = 0), when a label is a number other than 0 and 1, or NaN, and when a score
  is NaN or infinite.
* Arguments are left unchanged. No answer depends on what was called before.
* Cost. Time grows no faster than n * log(n), and memory no faster than n,
  from 4,000 to 64,000 rows: sort the rows, and visit no pairs. If you like,
  say what your cost is in a line such as COMPLEXITY = "O(n * log(n))": the
  check tells you whether its measurement agrees, and that never changes the
  verdict.

What is allowed
---------------
NumPy and the standard library. Not allowed are scikit-learn, SciPy, PyTorch,
torchmetrics and statsmodels.

Each call may take 2 seconds. No call is given more than 64,000 rows.
"""

from collections.abc import Sequence

import numpy as np


def roc_auc(y_true: Sequence[float] | np.ndarray, y_score: Sequence[float] | np.ndarray) -> float:
    """Return the area under the ROC curve, from 0 to 1, for n labels and n scores."""
    raise NotImplementedError
