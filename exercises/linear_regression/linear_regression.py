"""Implement Linear Regression from scratch using NumPy.

Write the class `LinearRegression` below. It fits a linear model with an
intercept by ordinary least squares, and names things as scikit-learn does.

    model = LinearRegression().fit(X, y)
    model.coef_          # float64 array of shape (d,)
    model.intercept_     # float
    model.predict(X_new) # float64 array of shape (m,)

`fit` chooses the weights that minimise the sum of squared residuals

    sum over i of (y[i] - intercept_ - X[i] @ coef_) ** 2

What is graded
--------------
* Shapes and types. X is a float64 or integer array of shape (n, d) with
  n >= 1 and d >= 1; y is a float64 or integer array of shape (n,). Integer
  arrays come in any NumPy integer type, as small as int8. `coef_` is a
  float64 array of shape (d,), `intercept_` a float (Python's or NumPy's),
  `predict` returns a float64 array of shape (m,) for any m >= 1, and `fit`
  returns the model itself.
* Exactness. The fitted values predict(X) agree with the true least-squares
  fit up to the rounding of float64 arithmetic. That also holds
    - when columns are collinear, constant or repeated;
    - when n <= d;
    - when the columns' scales differ by a factor of up to 10**8;
    - when columns lie as far from the origin as 10**6 times their spread;
    - when y is tiny, or huge, or as far from the origin as 10**6 times its
      spread.
  Each is graded by itself. The numbers in X are 0 or between 10**-13 and
  10**13 in size, those in y 0 or between 10**-31 and 10**31. Columns are
  either exactly collinear or clearly not, so any sensible cut between the two
  will do that is measured by the columns' own size: a whole X may be small.
  Inverting X.T @ X does not survive this, and neither does gradient descent
  that stops early.
* Ties. Where several weight vectors fit the rows equally well (collinear
  columns, n <= d), any of them is accepted: only their fit to those rows is
  graded. `predict` must be the very function X @ coef_ + intercept_ that the
  attributes describe, on new rows too.
* Independence. `fit` and `predict` leave their arguments unchanged. A second
  `fit` forgets the first. Two models do not share state, and those fitted to
  equal data predict exactly the same.
* Cost. The time and the memory of `fit` grow in proportion to n, from 1,000
  to 16,000 rows of 5 columns: no matrix of n by n. If you like, say what the
  cost is in a line such as COMPLEXITY = "O(n * d**2)": the check tells you
  whether its measurement agrees, and that never changes the verdict.
* Errors. `fit` raises ValueError when X is not two-dimensional, when y does
  not hold exactly n values, or when either holds a NaN or an infinity. What
  it does with a y of shape (n, 1) is up to you. `predict` raises ValueError
  when its two-dimensional argument does not have the d columns that the model
  was fitted on.

What is allowed
---------------
NumPy, and every routine of numpy.linalg except the two that are the answer:
`numpy.linalg.lstsq` and `numpy.linalg.pinv` are not allowed, nor are
scikit-learn, SciPy or statsmodels. SVD, QR and eigendecompositions are fair
tools.

Each call may take 2 seconds. No call is given more than 16,000 rows or 10
columns.
"""

import numpy as np


class LinearRegression:
    """Ordinary least squares with an intercept."""

    coef_: np.ndarray
    intercept_: float

    def fit(self, X: np.ndarray, y: np.ndarray) -> "LinearRegression":
        """Learn coef_ and intercept_ from X of shape (n, d) and y of shape (n,)."""
        raise NotImplementedError

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return the predictions, shape (m,), for X of shape (m, d)."""
        raise NotImplementedError
