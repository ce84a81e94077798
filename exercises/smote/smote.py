"""Write a function to balance classes by SMOTE.

SMOTE, the synthetic minority oversampling technique, gives a class that is too
small new rows: each lies at a random place on the straight line between a row
of the class and one of that row's nearest neighbours in the class.

    X_more, y_more = smote(X, y, k=5, seed=0)

What is given
-------------
X is a float64 or integer array of shape (n, d) with n >= 1 and 1 <= d <= 20;
its numbers are at most 10**6 in size. y is an array of n labels, integers or
strings (NumPy's dtype str, such as <U5), of one class or more. k is an int of
at least 1, and seed an int with 0 <= seed < 2**32.

What is graded
--------------
* The answer is a tuple of two NumPy arrays: X_more, float64 of shape (N, d),
  and y_more of shape (N,): integers of any type, or strings of any width, as y
  is.
* The given rows come first: the first n rows of X_more are X and the first n
  labels of y_more are y, unchanged and in order. The new rows follow, in any
  order.
* Counts. Every class ends up with as many rows as the largest class of y has.
  So the largest gets no new row, and N is the number of classes times its
  size.
* Between. Every new row of a class is x + u * (z - x) up to rounding, with one
  number u between 0 and 1 for all d coordinates, where x is a given row of
  that class and z one of x's k nearest neighbours: of the other given rows of
  the class, the k at the smallest Euclidean distance from x. Where several are
  equally far, up to the rounding of |x|**2 - 2 * x.z + |z|**2, any of them may
  count among the k. Another row with the same numbers as x is a neighbour at
  distance 0. Where the class has fewer than k other rows, all of them are
  neighbours.
* At random. x is drawn evenly among the rows of the class, or each row has its
  turn; z evenly among the k neighbours; u evenly between 0 and 1; all anew for
  each new row. This is checked on at least 1,000 new rows: with classes of at
  most 6 rows, the share of new rows near any place is what that says, within
  six standard deviations. With larger classes of rows that all differ, at most
  one new row in 100 has the numbers of a given row.
* Determinism. The same X, y, k and seed give exactly the same answer, whatever
  was called before and whatever the state of the global random generators. The
  caller may overwrite what is returned, and call again. Two different seeds
  give different new rows, where a class that gets new rows has no two rows
  alike.
* Errors. ValueError when X and y differ in length, when k < 1, when X holds a
  NaN or an infinity, and when a class that needs new rows has only one row,
  since that row has no neighbour.
* X and y are left unchanged.
* Cost. 1,000 rows of 4 numbers beside 2,000 of another class, with k = 5, take
  at most 6 times the processor time of computing the 1,000 * 1,000 distances
  in NumPy and sorting each row of them; so visit no pair of rows in Python.

What is allowed
---------------
NumPy and the standard library. Not allowed are imbalanced-learn, scikit-learn,
SciPy and other libraries that bring oversampling or a neighbour search.

Each call may take 2 seconds. No call is given more than 4,000 rows, nor a
class that needs new rows and has more than 1,000.
"""

import numpy as np


def smote(
    X: np.ndarray, y: np.ndarray, *, k: int = 5, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Return X and y with new rows below them, so that all classes have equally many rows."""
    raise NotImplementedError
