"""Write a function to perform Principal Component Analysis.

Write `pca` below. It finds the r orthogonal directions along which the rows
of X vary most.

    mean, components, variances = pca(X, r=2)
    scores = (X - mean) @ components.T        # shape (n, r)
    rebuilt = mean + scores @ components      # shape (n, d), rank r around mean

What is graded
--------------
* Shapes and types. X is a float64 or integer array of shape (n, d) with
  n >= 2 and d >= 1; there may be fewer rows than columns. Integer types are as
  narrow as int8 and uint8. r is an int with 1 <= r <= min(n, d). The answer is
  a tuple of three float64 arrays: `mean` of shape (d,), `components` of shape
  (r, d), `variances` of shape (r,).
* Size. Let the total variance be the sum of the variances of all d columns.
  All numbers are 0 or between 10**-6 and 10**9 in size, and, unless all rows
  are equal, at most 10**6 times the square root of the total variance. Below,
  "up to rounding" means: up to 10**-8 times the total variance, plus the
  square of 10**-12 times the largest number in X; or, for `mean`, up to
  10**-12 times the largest number in the column. Largest is meant regardless
  of sign.
* Mean. `mean` holds the mean of each column, up to rounding.
* Orthonormal. components @ components.T is the identity matrix to within
  1e-9. This holds for every r that is allowed: also where the rows span fewer
  than r directions, so that some variances are 0. The directions that nothing
  determines may then be any that keep the rows of components orthonormal.
* Variances. variances[i] is the variance of the scores in column i, that is,
  the sum of their squares divided by n - 1, up to rounding. It is never
  negative, not even by rounding.
* Order. The variances are the r largest that there are, from the largest to
  the smallest, up to rounding: variances[i] is the greatest variance that any
  direction orthogonal to the first i components has.
* Best reconstruction. No other r directions rebuild X better: the sum of
  (X - rebuilt)**2, divided by n - 1, exceeds the least possible one by no more
  than rounding. With r = min(n, d) the rows are rebuilt entirely.
* Uncorrelated. For two different components the sum of the products of their
  scores, divided by n - 1, is 0 to within 1e-6 times the total variance.
* Free choices. The sign of each component is yours, and where several
  directions have equal variance, so are the directions among them.
* Data far away. The variance does not depend on where the data lie: a shift of
  all rows by the same vector, as far as "Size" allows, changes none of the
  above.
* Determinism. Equal calls give exactly equal answers. The caller may overwrite
  what is returned, and call again.
* Errors. ValueError when r < 1, when r > min(n, d), when n < 2, when X is not
  2-D, or when X holds a NaN or an infinity.
* X is left unchanged.
* Cost. For 40 rows time and memory grow in proportion to d, from 250 to 4,000
  columns; so make no table of d x d numbers. For 5 columns they grow in
  proportion to n, from 400 to 6,400 rows; so make no table of n x n numbers
  either.

What is allowed
---------------
NumPy, and all of numpy.linalg. Not allowed are scikit-learn, SciPy and other
libraries that bring a PCA.

Each call may take 2 seconds.
"""

import numpy as np


def pca(X: np.ndarray, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (mean of shape (d,), components of shape (r, d), variances of shape (r,))."""
    raise NotImplementedError
