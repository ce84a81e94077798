"""Write a function to measure how fair a binary classifier is across groups.

A classifier has answered 0 or 1 for every person, and you know what the right
answer was and which group the person belongs to. Write two functions:

    rates = group_rates(y_true, y_pred, groups)   # three rates for each group
    report = fairness(y_true, y_pred, groups)     # three numbers for them all

What is given
-------------
y_true, y_pred and groups are one-dimensional NumPy arrays of the same length.
y_true and y_pred hold only 0 and 1, in any integer type or float64, or False
and True; the two need not have the same dtype. groups holds the names of the
groups, integers (int64) or strings (of NumPy's dtype str, such as <U5).

What is graded
--------------
* group_rates returns a float64 array of shape (g, 3), a row for each of the g
  groups in ascending order, which is that of np.unique(groups). Its columns:

      0  selection rate        share of y_pred = 1 among all of the group's rows
      1  true positive rate    share of y_pred = 1 among those with y_true = 1
      2  false positive rate   share of y_pred = 1 among those with y_true = 0

  A rate is NaN where there are no rows to take a share of: the true positive
  rate of a group without y_true = 1, the false positive rate of a group
  without y_true = 0. No other entry is NaN.
* fairness returns a dict with exactly these three keys, each with a float
  (Python's or NumPy's float64):

      "demographic_parity_difference"
          the highest selection rate of a group less the lowest
      "disparate_impact"
          the lowest selection rate of a group divided by the highest; NaN
          where the highest is 0, since then nobody has been selected
      "equalised_odds_difference"
          the larger of two gaps: that between the highest and the lowest true
          positive rate, and that between the highest and the lowest false
          positive rate

* Undefined rates. A group whose rate is NaN takes no part in the gap of that
  rate; the others do. A gap needs two groups that have the rate: otherwise it
  is undefined, and equalised_odds_difference is the other gap alone, or NaN
  where both are undefined.
* Errors. Both functions raise ValueError when the three lengths differ, when
  there are fewer than two groups (so also when there are no rows), and when
  y_true or y_pred holds anything but 0 and 1, NaN included.
* Numbers are compared up to the rounding of float64 arithmetic.
* The arguments are left unchanged. No answer depends on what was called
  before. The caller may overwrite what is returned, and call again.
* Cost. group_rates for 50,000 rows in 5,000 groups takes at most 40 times the
  processor time of np.unique(groups, return_inverse=True), with integers for
  groups. So do not go over all rows once for each group.

What is allowed
---------------
NumPy, pandas and the standard library. Not allowed are libraries that bring
these metrics or a confusion matrix: fairlearn, aif360, scikit-learn, SciPy.

Each call may take 2 seconds. Whether NumPy prints warnings is not graded.
"""

import numpy as np


def group_rates(y_true: np.ndarray, y_pred: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return the selection, true positive and false positive rate of each group, shape (g, 3)."""
    raise NotImplementedError


def fairness(y_true: np.ndarray, y_pred: np.ndarray, groups: np.ndarray) -> dict[str, float]:
    """Return the demographic parity and equalised odds differences and the disparate impact."""
    raise NotImplementedError
