"""Write a function to split a dataset into stratified folds for cross-validation.

Write `stratified_k_fold` below. It deals the rows of a dataset, of which it
sees the classes y only, into n_splits folds in which the classes have the same
shares as in y. Each fold serves as the test set once, while all other rows are
the training set.

    for train, test in stratified_k_fold(y, n_splits=5, seed=0):
        model.fit(X[train], y[train])
        model.score(X[test], y[test])

What is graded
--------------
* Input. y is a list or one-dimensional NumPy array of n classes, in any order:
  all of them strings of letters (type <U as an array), or all of them ints.
  Classes need not be 0, 1, 2, ...; they may be any numbers that a type holds.
  Integer arrays come in the NumPy types int8 to int64 and uint8 to uint32, a
  list holds no ints that int64 does not hold.
* Answer. A list (no generator) of n_splits tuples (train, test). Each of the
  two is a one-dimensional NumPy array of any integer type that holds row
  numbers from 0 to n - 1.
* Partition. Every row number is in exactly one of the n_splits test sets, and
  there once. `train` holds each row number that is not in its `test`, once.
  Row numbers may come in any order.
* Class shares. Of a class with m rows, each test set holds either
  floor(m / n_splits) or ceil(m / n_splits). So of a class with fewer rows than
  n_splits, no test set holds more than one; that is no error, not even when
  all classes are that small. Training sets that lack such a class are none
  either.
* Fold sizes. Each test set holds floor(n / n_splits) or ceil(n / n_splits)
  rows in all. So the rows that are left over from the classes must not all go
  to the same folds.
* Random. The rows of each class are dealt in random order, and independently
  of the other classes. This is graded on y with two classes of 12 rows each
  and n_splits=3: any two rows, of one class or of two, share a test set with
  some of the seeds 0 to 199, and do not with others. A fair shuffle of each
  class fails that with a probability below 1e-20.
* Determinism. The same y, n_splits and seed (0 <= seed < 2**32) give exactly
  the same answer, whatever was called before and whatever the state of the
  global random generators. The caller may overwrite what is returned, and call
  again.
* Errors. ValueError when n_splits < 2 and when n_splits > n.
* y is left unchanged.
* Cost. Time and memory grow in proportion to n, or n * log(n), from 1,000 to
  16,000 rows of 5 classes in 10 folds: do not look every row up in a list of
  rows. If you like, say what your cost is in a line such as
  COMPLEXITY = "O(n * log(n))": the check tells you whether its measurement
  agrees, and that never changes the verdict.

What is allowed
---------------
NumPy and the standard library. Not allowed are scikit-learn, SciPy and
PyTorch.

Each call may take 2 seconds. No call is given more than 16,000 rows, or more
than 300 with more than 10 folds.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np


def stratified_k_fold(
    y: Sequence[Any] | np.ndarray, n_splits: int = 5, *, seed: int = 0
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return n_splits tuples (train, test) of row numbers for the n classes in y."""
    raise NotImplementedError
