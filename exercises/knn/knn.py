"""Implement a K-Nearest Neighbours classifier from scratch using NumPy.

Write the class `KNNClassifier` below. It keeps the rows it is fitted on, and
predicts for a new row the class that is most frequent among the k nearest.

    model = KNNClassifier(k=3).fit(X, y)
    distances, indices = model.kneighbors(X_new)  # two arrays of shape (m, 3)
    model.predict(X_new)                          # classes, shape (m,)

What is graded
--------------
* Arguments. X is a float64 or integer array of shape (n, d) with n >= 1 and
  1 <= d <= 64, y an integer array of n classes from -1,000 to 1,000, which
  need not be 0, 1, 2, ...; X_new is a float64 or integer array of shape (m, d)
  with m >= 1. Integer arrays come in the NumPy types int8 to int64 and uint8
  to uint32. k is an int up to 300, 5 by default. `fit` returns the model
  itself.
* Exact numbers. All numbers in X and X_new are multiples of 1/8 and at most
  1,000 in size, so that every usual way to compute a squared distance is exact
  in float64 (not in float32): two distances are equal if and only if they come
  out equal.
* Neighbours. kneighbors(X_new) is a tuple of two arrays of shape (m, k):
  `distances`, float64, and `indices`, of any integer type. indices[i] are the
  numbers of the k rows of X that are nearest to X_new[i] by Euclidean
  distance, the nearest first. Of rows that are equally near, the one with the
  lower number comes first; this decides, too, which of them still belong to
  the k. distances[i] are their Euclidean distances, right up to rounding.
* Classes. predict(X_new) is an array of any integer type and shape (m,) with
  the class that occurs most often among the k neighbours of each row. Where
  several classes occur equally often, it is the one of them whose first
  neighbour comes first in the order above.
* Scale. 1,500 rows of 64 columns, and as many new ones, get by with 1 GiB of
  memory and the 2 seconds that a call may take. All differences at once, an
  array of shape (m, n, d), would not fit: work in blocks of new rows, or with
  an array of shape (m, n) at most.
* Cost. `fit`, `kneighbors` and `predict` for 300 new rows among 2,000 rows of
  8 columns take at most 3 times the processor time of plain NumPy that loops
  over the new rows twice, and sorts all distances to each. So visit no pair of
  rows in Python.
* Independence. No method changes its arguments, and asking does not change
  the model. A second `fit` forgets the first. Two models do not share state.
* Errors. ValueError is raised
    - by `fit`, or when the model is made, when k < 1;
    - by `fit` when k > n, when X is not two-dimensional, when y is not of
      shape (n,), and when X holds a NaN or an infinity;
    - by `kneighbors` and `predict` when X_new is not two-dimensional, does not
      have d columns, or holds a NaN or an infinity.

What is allowed
---------------
NumPy and the standard library. Not allowed are scikit-learn, SciPy, faiss,
PyTorch and OpenCV.

Each call may take 2 seconds. No call is given more than 2,000 rows.
"""

import numpy as np


class KNNClassifier:
    """Classifies a row by a vote of the k nearest rows it was fitted on."""

    def __init__(self, k: int = 5) -> None:
        raise NotImplementedError

    def fit(self, X: np.ndarray, y: np.ndarray) -> "KNNClassifier":
        """Keep the rows X of shape (n, d) and their classes y of shape (n,)."""
        raise NotImplementedError

    def kneighbors(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return (distances, indices) of the k nearest rows, both of shape (m, k)."""
        raise NotImplementedError

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return the class of each row of X, shape (m,)."""
        raise NotImplementedError
