"""Write a function to compute the confusion matrix, precision, recall and F1 score.

Write `classification_metrics` below. It compares the predicted classes of n
rows with their true classes, class by class and on average.

    y_true, y_pred = ["cat", "dog", "dog"], ["cat", "cat", "dog"]
    report = classification_metrics(y_true, y_pred)
    report["labels"]     # ["cat", "dog"]
    report["confusion"]  # array([[1, 0], [1, 1]])
    report["precision"]  # array([0.5, 1.0])
    report["macro"]      # {"precision": 0.75, "recall": 0.75, "f1": 0.666...}

Of a class c, the true positives TP are the rows with true class c and
predicted class c, the false positives FP those with predicted class c only,
and the false negatives FN those with true class c only. Then

    precision = TP / (TP + FP)
    recall    = TP / (TP + FN)
    f1        = 2 * TP / (2 * TP + FP + FN)

What is graded
--------------
* Input. y_true, y_pred and, if given, `labels` are each a list or a
  one-dimensional NumPy array. They hold classes: either all of them strings of
  letters and digits (type <U as arrays), or all ints from -2**31 to 2**31 - 1,
  not necessarily 0, 1, 2, ... Integer arrays come in the NumPy types int8 to
  int64 and uint8 to uint32, not necessarily in the same one. y_true and y_pred
  hold n >= 1 classes each, `labels` at least one.
* Answer. A dict with at least these seven keys, of k classes:
    - "labels": a list or one-dimensional array of the k classes;
    - "confusion": an array of any integer type and shape (k, k); in row i and
      column j, the number of rows with true class labels[i] and predicted
      class labels[j];
    - "precision", "recall", "f1": float64 arrays of shape (k,), one value for
      each class in the order of "labels";
    - "macro", "micro": dicts with at least the keys "precision", "recall" and
      "f1", whose values are floats (Python's or NumPy's).
* Labels. By default "labels" are the classes that occur in y_true, in y_pred
  or in both, each once, sorted as Python sorts them. With the argument
  `labels` they are those classes in that very order, whether all of them
  occur or not.
* Macro. The mean over the k classes of their precision, of their recall and
  of their f1. So macro f1 is not computed from macro precision and macro
  recall.
* Micro. The three formulas above with TP, FP and FN each summed over all k
  classes first. These sums are never all 0.
* Zero division. Where TP + FP is 0, a class's precision is the argument
  `zero_division`, a float from 0 to 1. The same holds for recall where
  TP + FN is 0, and for f1 where 2 * TP + FP + FN is 0. Everywhere else the
  formulas hold: a class with TP = 0 that occurs has an f1 of 0, whatever
  zero_division is. Means take these values as they are.
* All floats are right up to the rounding of float64 arithmetic.
* Errors. ValueError when y_true and y_pred differ in length, when they are
  empty, when a class in `labels` is repeated, and when a class that occurs is
  not in `labels`.
* y_true, y_pred and `labels` are left unchanged. No answer depends on what was
  called before. The caller may overwrite what is returned, and call again.
* Cost. 20,000 rows of 200 classes, as integer arrays, take at most 20 times
  the processor time of plain NumPy that loops over the classes, with a few
  comparisons of whole arrays for each. So make no pass over the rows for each
  pair of classes, and multiply no one-hot matrices of integers, which comes to
  the same; one loop over the rows in Python is quick enough.

What is allowed
---------------
NumPy and the standard library. Not allowed are scikit-learn, SciPy, PyTorch,
torchmetrics and statsmodels.

Each call may take 2 seconds. No call is given more than 20,000 rows.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np


def classification_metrics(
    y_true: Sequence[Any] | np.ndarray,
    y_pred: Sequence[Any] | np.ndarray,
    *,
    labels: Sequence[Any] | np.ndarray | None = None,
    zero_division: float = 0.0,
) -> dict[str, Any]:
    """Return labels, confusion, precision, recall, f1, macro and micro for n rows."""
    raise NotImplementedError
