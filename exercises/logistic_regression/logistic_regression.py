"""Implement Logistic Regression from scratch using NumPy.

Write the class `LogisticRegression` below: binary classification with an
intercept and an L2 penalty. It takes scikit-learn's names, but not its shapes.

    model = LogisticRegression(l2=1.0).fit(X, y)
    model.coef_                # float64 array of shape (d,)
    model.intercept_           # float
    model.predict_proba(X_new) # float64 array of shape (m,)
    model.predict(X_new)       # integer array of shape (m,), zeros and ones
    model.loss(X_new, y_new)   # float

For a row x, logit = x @ coef_ + intercept_, and the probability of class 1 is
p = 1 / (1 + exp(-logit)). `fit` chooses the weights that minimise

    mean over the rows of (-y * log(p) - (1 - y) * log(1 - p))
        + l2 / 2 * sum(coef_ ** 2)

The intercept is not penalised.

What is graded
--------------
* Arguments. l2 is a float or an int, the default is 1.0. X is a float64 or
  integer array of shape (n, d) with n >= 2 and d >= 1, y an array of n zeros
  and ones of shape (n,), of type bool, float64 or integer. Integer arrays come
  in the NumPy types int8 to int64 and uint8 to uint32. `fit` returns the model
  itself.
* Minimum. At the weights that `fit` finds, the gradient of what is minimised
  is zero: none of its d + 1 components, by coef_ and by intercept_, is larger
  than 1e-5 in size. This is graded for 0.1 <= l2 <= 10, for numbers in X of at
  most 2 in size, and for d <= 3 and n <= 20. There Newton's method takes few
  steps; gradient descent with a step of 1 / (the largest curvature) may take
  ten thousand, which fits the time limit as well. It is to stop when the
  gradient is small, not after a number of steps that suited other data.
* Separable data have a minimum like all others, thanks to the penalty; and
  so have columns that are collinear or constant, and y of which only one row
  differs from the rest.
* Probabilities. predict_proba(X_new) are the p above for coef_ and
  intercept_, up to the rounding of the logits (as an absolute error), for
  numbers in X_new of up to 10**6 in size. predict(X_new) is 1 where
  predict_proba gives 0.5 or more, else 0, in any integer type; where it gives
  0.5 up to rounding, either.
* Loss. loss(X_new, y_new) is the mean of -y * log(p) - (1 - y) * log(1 - p)
  over the rows, without the penalty, for the fitted weights and the same
  X_new. It is right up to a relative error of 1e-9 plus the rounding of the
  logits (as an absolute error), and finite. So there is no clipping: a row
  with a logit of 5,000 costs 5,000 if its label is 0.
* Independence. No method changes its arguments. A second `fit` forgets the
  first. Two models do not share state.
* Determinism. Fits of equal models on equal data give exactly equal weights,
  whatever they were fitted to before.
* Cost. With l2=1 and 5 columns of standard normal numbers, `fit` takes for
  4,000 rows at most 60 times the processor time of eight of Newton's steps in
  plain NumPy; so do not loop over the rows in Python. Its time and memory grow
  in proportion to n, from 1,000 to 16,000 rows: no matrix of n by n. If you
  like, say what the cost is in a line such as
  COMPLEXITY = "O(n * d**2 * iterations)": the check tells you whether its
  measurement agrees, and that never changes the verdict.
* Errors. ValueError is raised
    - by `fit`, or when the model is made, when l2 <= 0;
    - by `fit` when X is not two-dimensional, when y is not of shape (n,), when
      y holds anything but zeros and ones, and when y holds one of them only
      (no intercept is best then);
    - by `predict_proba`, `predict` and `loss` when X does not have the d
      columns that the model was fitted on;
    - by all of them when X holds a NaN or an infinity.

What is allowed
---------------
NumPy and all of numpy.linalg. Not allowed are scikit-learn, SciPy,
statsmodels, PyTorch, TensorFlow and JAX.

Each call may take 2 seconds. No call is given more than 16,000 rows.
"""

import numpy as np


class LogisticRegression:
    """Binary logistic regression with an intercept and an L2 penalty."""

    coef_: np.ndarray
    intercept_: float

    def __init__(self, l2: float = 1.0) -> None:
        raise NotImplementedError

    def fit(self, X: np.ndarray, y: np.ndarray) -> "LogisticRegression":
        """Learn coef_ and intercept_ from X of shape (n, d) and y of shape (n,)."""
        raise NotImplementedError

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """Return the probability of class 1 for each row, shape (m,)."""
        raise NotImplementedError

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return the class, 0 or 1, of each row, shape (m,)."""
        raise NotImplementedError

    def loss(self, X: np.ndarray, y: np.ndarray) -> float:
        """Return the mean binary cross-entropy over the rows, without the penalty."""
        raise NotImplementedError
