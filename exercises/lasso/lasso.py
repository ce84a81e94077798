"""Implement Lasso regression by coordinate descent.

Write `lasso` below: linear regression with an L1 penalty and an intercept that
is not penalised.

    coef, intercept = lasso(X, y, alpha=0.1)

It minimises, over the weights w and the intercept b,

    sum((y - X @ w - b)**2) / (2 * n)  +  alpha * sum(abs(w))

Coordinate descent is the usual way, and quick enough with care; any other way
that keeps the promises below will do as well.

What is graded
--------------
* Shapes and types. X is a float64 or integer array of shape (n, d), y one of
  shape (n,), with n >= 1 and d >= 1; there may be fewer rows than columns.
  Integer types are as narrow as int8 and uint8. alpha is a float or an int,
  alpha >= 0. The answer is a tuple: `coef`, a float64 array of shape (d,), and
  `intercept`, a float (Python's or NumPy's).
* Optimality. Let r = y - X @ coef - intercept, and let s_j and s_y be the
  standard deviations of column j of X and of y (sums divided by n). Up to
  10**-6 * s_j * s_y, and up to the rounding of float64 arithmetic,
  g_j = sum((X[:, j] - mean of X[:, j]) * r) / n satisfies, for every j,

      g_j = alpha             where coef[j] > 0
      g_j = -alpha            where coef[j] < 0
      -alpha <= g_j <= alpha  where coef[j] is exactly 0

  These conditions hold at the minimum and nowhere else. Where they hold for
  several weights (repeated columns), any of them will do.
* Exact zeros. So a weight of 10**-12 is not 0: where g_j is nearer to 0 than
  alpha, by more than the tolerance above, coef[j] is exactly 0.
* Intercept. The mean of r is 0, up to 10**-6 * s_y and rounding, for every
  alpha.
* Ends of the path. With alpha above max_j |sum((X[:, j] - mean) * (y - mean))|
  / n, by a relative 10**-6 or more and by more than the rounding of that sum,
  all weights are exactly 0 and the intercept is the mean of y. With alpha = 0
  the answer is a least-squares fit.
* Constant columns. A column whose numbers are all equal, as happens to every
  column when n = 1, has the weight 0 exactly; also with alpha = 0.
* Size. Each number in X and y is 0 or between 10**-6 and 10**8 in size.
  Columns may differ in their standard deviation by a factor of up to 10**8.
  The mean of a column that is not constant, and that of y, may lie from 0 up
  to 10**4 times as far as the standard deviation is large; y may be constant,
  too. alpha is 0, or at least 10**-2 times the least one at which all weights
  are 0.
* Conditioning. Take any of the columns of X that are not constant, subtract
  their means and scale them to length 1: no singular value of the result lies
  between 10**-9 and 0.1. So columns may be copies or multiples of each other,
  but are not nearly so. The factor is 1 or -1 then, or differs from both by a
  tenth or more.
* Determinism. Equal calls give exactly equal answers. The caller may overwrite
  what is returned, and call again.
* Errors. ValueError when alpha < 0, when X is not 2-D, when y is not of shape
  (n,), and when alpha, X or y is or holds a NaN or an infinity.
* Arguments are left unchanged.
* Cost. 2,000 rows of 400 columns of normal noise, of which ten make up y with
  some noise, and an alpha above 0 take at most 8 times the processor time of
  plain NumPy that updates the residuals after each change of a weight; so
  neither compute X @ w anew for every coordinate, nor loop over the rows in
  Python. All other calls get at most 40 rows and 6 columns.

What is allowed
---------------
NumPy. Not allowed are scikit-learn, SciPy, statsmodels and other libraries
that bring a solver for this problem.

Each call may take 2 seconds.
"""

import numpy as np


def lasso(X: np.ndarray, y: np.ndarray, alpha: float) -> tuple[np.ndarray, float]:
    """Return (coef of shape (d,), intercept) for X of shape (n, d) and y of shape (n,)."""
    raise NotImplementedError
