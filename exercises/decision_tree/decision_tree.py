"""Implement a decision tree classifier that splits by Gini impurity.

Write two functions below: `grow_tree`, which grows a tree as CART does, and
`predict`, which sends rows down a tree.

    tree = grow_tree(X, y, max_depth=3)
    labels = predict(tree, X_new)

A tree is a dictionary, and so is each of its nodes. An inner node has the keys

    {"feature": 2, "threshold": 0.5, "left": {...}, "right": {...}}

and a leaf has {"label": 7}. A row x goes to the left when x[feature] <=
threshold, else to the right. A node without the key "feature" is a leaf.
Further keys of your own are allowed; they may hold plain data (numbers,
strings, lists, arrays) and objects of your own classes, but not a node further
up, since a tree that contains itself cannot be passed on.

The Gini impurity of some rows is 1 - sum(p_c**2), where p_c is the share of
class c among them. The impurity of a split is that of its two sides, weighted
by their numbers of rows:

    (n_left * gini_left + n_right * gini_right) / (n_left + n_right)

What is graded
--------------
* Arguments. X is a float64 or integer array of shape (n, d) with n >= 1 and
  d >= 1; its numbers are 0 or between 10**-10 and 10**6 in size. y is an
  integer array of shape (n,) with classes from -1,000 to 1,000, which need not
  be 0, 1, 2, ... Integer arrays come in the NumPy types int8 to int64 and
  uint8 to uint32. max_depth is None (the default: no limit) or an int >= 0,
  min_samples an int >= 1 (2 by default).
* Types. In a tree, "feature" is an integer from 0 to d - 1, "threshold" a
  finite number and "label" an integer, each Python's or NumPy's, but not
  NumPy's longdouble.
* Best split. The rows of X that reach a node are its rows. Each inner node has
  rows on both of its sides, and no other feature and threshold would split its
  rows with a lower impurity. Of several equally good splits any one will do,
  and so will any threshold that splits the rows in the same way: the lower of
  two neighbouring values, their midpoint, or anything in between. Impurities
  count as equal when they differ by at most 10**-9.
* Different values. Two values of a feature can be as near to each other as
  float64 permits, and are different all the same. Beware: their midpoint may
  be rounded to the upper one.
* Leaves. A node is a leaf if, and only if, one of these holds:
    - its rows are all of one class;
    - it is max_depth splits away from the root (with 0 the root is a leaf);
    - it has fewer than min_samples rows;
    - its rows are equal in every feature, so that nothing splits them.
  So a node is split even where the best split does not lower the impurity.
* Labels. The label of a leaf is the class that most of its rows have; where
  several classes are equally frequent, any one of these.
* Predictions. predict(tree, X_new) takes any tree of the form above, also one
  that grow_tree has not made and that has no further keys, and a float64 or
  integer array of shape (m, d) with m >= 1. The thresholds of such a tree are
  Python's floats or NumPy's float64. It returns an array of any integer type
  and shape (m,): for each row the label of the leaf that it reaches.
* Determinism. Equal calls give equal answers, whatever was called before; of
  trees, the keys above are compared. The caller may overwrite what predict
  returns, and call again.
* Errors. grow_tree raises ValueError when max_depth < 0, when min_samples < 1,
  when X is not two-dimensional or has no rows, when y is not of shape (n,),
  and when X holds a NaN or an infinity.
* Arguments are left unchanged: X, y, and the tree that predict is given.
* Cost. Growing a tree from 2,000 rows of 4 features and 3 classes with
  max_depth = 4 takes at most 20 times the processor time of plain NumPy that,
  for each node and feature, sorts the values and takes cumulative sums of the
  classes. So do not go through all rows of a node for each of its thresholds:
  the work is to be O(d * n * log(n)) for each level of the tree, and time and
  memory are to grow accordingly with n, up to 4,000 rows.

What is allowed
---------------
NumPy and the standard library. Not allowed are scikit-learn, SciPy, XGBoost,
LightGBM, CatBoost and PyTorch.

Each call may take 2 seconds. Without max_depth no call is given more than 50
rows, so no tree is deeper than 49 splits.
"""

from typing import Any

import numpy as np


def grow_tree(
    X: np.ndarray, y: np.ndarray, *, max_depth: int | None = None, min_samples: int = 2
) -> dict[str, Any]:
    """Return the root of a tree for X of shape (n, d) and classes y of shape (n,)."""
    raise NotImplementedError


def predict(tree: dict[str, Any], X: np.ndarray) -> np.ndarray:
    """Return the label, shape (m,), of the leaf that each row of X reaches."""
    raise NotImplementedError
