"""Write functions to encode a categorical feature by its target, without leakage.

A target encoding replaces a category, such as a city, by the mean label of its
rows. Done naively it leaks: the row's own label is part of the mean. Write two
functions:

    train["city_te"] = encode_train(train["city"], train["y"], train["fold"])
    test["city_te"] = encode_new(train["city"], train["y"], test["city"])

What is given
-------------
category, y and fold are pandas Series of the same length, and have the same
index; what stands at the same place belongs to the same row. The index may be
anything, in any order, and the same label may stand in it more than once.

    category   strings (dtype object, str or category) or integers; strings may
               be missing (None or NaN)
    y          numbers, at most 10**6 in size, of an integer or float64 dtype
    fold       integers, not necessarily 0, 1, 2 ...; at least two distinct ones
    new        for encode_new: categories again, of the same dtype as category,
               with any index of its own, at times of no rows

A missing category is a category like any other: all rows where it is missing
belong to it, whether they hold None or NaN; a string such as "nan" is another.
A dtype of category may list categories that no row has, and others in new than
in category.

What is graded
--------------
* encode_train encodes row i from the rows of the other folds only, that is
  those with another fold than row i has. With prior the mean of their y, and
  count and total the number and the sum of y of those of them that have row
  i's category:

      (total + smoothing * prior) / (count + smoothing)

  and just prior where count is 0. So neither row i's own label nor any other
  of its fold reaches its feature, not even by way of the prior.
* encode_new encodes every row of new by the same formula from all rows of
  category and y: prior is the mean of all y. A category that category does not
  have is encoded as prior.
* smoothing is a finite number of at least 0. With 0 the answer is the plain
  mean of the category's rows, and still prior where there is none.
* The answers are Series of float64, without a missing value. That of
  encode_train has the rows, the order and the index of category; that of
  encode_new those of new. The name of the Series is up to you.
* Errors. Both raise ValueError when the lengths of category and y (or fold)
  differ, when category has no rows, when y holds a NaN or an infinity, and
  when smoothing is less than 0. encode_train raises it when there are fewer
  than two distinct folds.
* Numbers are compared up to the rounding of float64 arithmetic.
* The arguments are left unchanged. No answer depends on what was called
  before. The caller may overwrite what is returned, and call again.
* Cost. encode_train with 100,000 rows, 5 folds and 10,000 categories that are
  strings takes at most 40 times the processor time of
  y.groupby(category).transform("mean"). Do not go over all rows once for each
  category.

What is allowed
---------------
NumPy, pandas and the standard library. Not allowed are category_encoders,
scikit-learn and other libraries that bring encoders, nor other data frames.

Each call may take 2 seconds, that with 100,000 rows 12.
"""

import pandas as pd


def encode_train(
    category: pd.Series, y: pd.Series, fold: pd.Series, *, smoothing: float = 10.0
) -> pd.Series:
    """Return the encoding of each training row, from the labels of the other folds."""
    raise NotImplementedError


def encode_new(
    category: pd.Series, y: pd.Series, new: pd.Series, *, smoothing: float = 10.0
) -> pd.Series:
    """Return the encoding of new rows, from the labels of all training rows."""
    raise NotImplementedError
