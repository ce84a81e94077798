"""Implement gradient boosting of regression trees with a squared loss.

Write the class `GradientBoosting` below. It starts from a constant, and then
adds small regression trees one after the other. Each is fitted to the
residuals that those before it have left, and counts for only a part, the
learning rate.

    model = GradientBoosting(rounds=50, learning_rate=0.1, max_depth=2)
    model.fit(X, y)
    model.predict(X_new)         # shape (m,)
    model.staged_predict(X_new)  # shape (51, m): after 0, 1, ..., 50 trees
    model.base_, model.trees_    # the constant, and a list of 50 trees

A tree is a dictionary, and so is each of its nodes. An inner node has the keys

    {"feature": 2, "threshold": 0.5, "left": {...}, "right": {...}}

and a leaf has {"value": -1.25}. A row x goes to the left when x[feature] <=
threshold, else to the right. A node without the key "feature" is a leaf.
Further keys of your own are allowed; they may hold plain data (numbers,
strings, lists, arrays) and objects of your own classes, but not a node further
up, since a tree that contains itself cannot be passed on.

What is graded
--------------
* Arguments. X is a float64 or integer array of shape (n, d) with n >= 1 and
  d >= 1, y one of shape (n,), X_new one of shape (m, d) with m >= 1. Their
  numbers are 0 or between 10**-6 and 10**6 in size. Integer arrays come in the
  NumPy types int8 to int64 and uint8 to uint32. rounds is an int >= 0 (100 by
  default), learning_rate a float or an int above 0 and at most 1 (0.1 by
  default), max_depth an int >= 1 (1 by default: trees of a single split).
  `fit` returns the model itself.
* Rounding. Let s be the largest |y|. Below, two numbers in the unit of y count
  as equal when they differ by at most 10**-9 * s, and two sums of n squares
  when they differ by at most 10**-9 * n * s**2.
* Types. After `fit`, base_ is a float (Python's or NumPy's), trees_ a list of
  exactly `rounds` trees. In a tree, "feature" is an integer from 0 to d - 1;
  "threshold" and "value" are finite numbers; each is Python's or NumPy's.
  None of these is NumPy's longdouble.
* Start. base_ is the mean of y.
* Residuals. Let F_0 = base_ for every row of X, and F_i = F_(i-1) +
  learning_rate * (what trees_[i - 1] gives for the row). Then trees_[i] is
  fitted to the residuals y - F_i. The value of a leaf is the mean of the
  residuals of its rows, the rows of X that reach it; the learning rate is not
  in it.
* Best split. The squared error of a split is the sum, over both of its sides,
  of the squared differences of the residuals from the mean of their side. Each
  inner node has rows on both of its sides, and no other feature and threshold
  would split the rows of the node with a lower squared error. Of several
  equally good splits any one will do, and so will any threshold that splits
  the rows in the same way. Every node is split by its own rows alone, whatever
  would come of it further down.
* Different values. Two values of a feature can be as near to each other as
  float64 permits, and are different all the same. Beware: their midpoint may
  be rounded to the upper one.
* Size of a tree. No leaf is more than max_depth splits away from the root. A
  leaf that is fewer splits away cannot be improved: no split of its rows has a
  lower squared error than the leaf itself. Whether a node is split where the
  best split is no better than none is up to you.
* Loss. So with each round the loss on the rows of X, the sum of (y -
  prediction)**2, falls by at least learning_rate * (2 - learning_rate) times
  what the best single split takes off the squared error of the residuals,
  whatever X and y are.
* Predictions. predict(X_new) is base_ plus learning_rate times the sum of what
  the trees give, a float64 array of shape (m,). staged_predict(X_new) is a
  float64 array of shape (rounds + 1, m): row i holds the predictions with the
  first i trees only, so that one can choose the best number of rounds
  afterwards.
* Better than one tree. Let X be 300 rows of 4 uniform numbers between -1 and
  1, let y be a sum of four smooth functions, one of each feature, plus some
  noise. With rounds = 200, learning_rate = 0.1 and max_depth = 1 the mean
  squared error on 500 new rows, against the sum without its noise, is at most
  half of that of the best single regression tree of any depth. (This follows
  from the above.)
* Independence. A second `fit` forgets the first. Two models do not share
  state. Asking does not change the model. Equal calls give equal answers; of
  trees, the keys above are compared. No argument is changed.
* Errors. ValueError is raised
    - by `fit`, or when the model is made, when rounds < 0, when
      learning_rate <= 0 or learning_rate > 1, and when max_depth < 1;
    - by `fit` when X is not two-dimensional or has no rows, when y is not of
      shape (n,), and when X or y holds a NaN or an infinity;
    - by `predict` and `staged_predict` when X_new is not two-dimensional, does
      not have d columns, or holds a NaN or an infinity.
* Cost. `fit` on 1,000 rows of 4 features with rounds = 10 and max_depth = 2
  takes at most 18 times the processor time of plain NumPy that, for each node
  and feature, sorts the values and takes cumulative sums of the residuals. So
  do not go through all rows of a node for each of its thresholds. Time and
  memory grow in proportion to the rounds, up to 200 rounds on 100 rows; so
  keep the predictions F_i instead of asking all earlier trees again.

What is allowed
---------------
NumPy and the standard library. Not allowed are scikit-learn, SciPy, XGBoost,
LightGBM, CatBoost and PyTorch.

Each call may take 2 seconds. max_depth is at most 5.
"""

from typing import Any

import numpy as np


class GradientBoosting:
    """Predicts a number by a constant and a sum of shrunken regression trees."""

    base_: float
    trees_: list[dict[str, Any]]

    def __init__(
        self, *, rounds: int = 100, learning_rate: float = 0.1, max_depth: int = 1
    ) -> None:
        raise NotImplementedError

    def fit(self, X: np.ndarray, y: np.ndarray) -> "GradientBoosting":
        """Fit to X of shape (n, d) and y of shape (n,), and return the model."""
        raise NotImplementedError

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return the prediction for each row of X, shape (m,)."""
        raise NotImplementedError

    def staged_predict(self, X: np.ndarray) -> np.ndarray:
        """Return the predictions after 0, 1, ..., rounds trees, shape (rounds + 1, m)."""
        raise NotImplementedError
