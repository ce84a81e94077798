"""Has 1 for the default of smoothing, not 10.

verdict: wrong_answer
property: test_smoothing_is_10_where_it_is_left_out
"""

import numpy as np
import pandas as pd


def encode_train(category, y, fold, *, smoothing=1.0):
    labels = _labels(category, y, smoothing)
    if len(fold) != len(category):
        raise ValueError(f"{len(category)} categories, but {len(fold)} folds")
    folds, names = pd.factorize(fold)
    if len(names) < 2:
        raise ValueError("two folds are needed, so that every row has others to learn from")
    numbers = _numbers(category)
    # A number for each pair of category and fold that occurs: all pairs might be very many.
    pairs = np.unique(numbers * len(names) + folds, return_inverse=True)[1]
    count = _outside(numbers, pairs, np.ones(len(labels)))
    total = _outside(numbers, pairs, labels)
    others = np.zeros(len(labels), dtype=np.int64)
    prior = _outside(others, folds, labels) / _outside(others, folds, np.ones(len(labels)))
    return pd.Series(_smoothed(count, total, prior, smoothing), index=category.index)


def encode_new(category, y, new, *, smoothing=1.0):
    labels = _labels(category, y, smoothing)
    # Numbered together, so that a category has the same number in both. As objects, since two
    # columns of dtype category may list different ones.
    both = _numbers(pd.concat([category.astype(object), new.astype(object)]))
    known, wanted = both[: len(category)], both[len(category) :]
    count = np.bincount(known, minlength=both.max() + 1)[wanted]
    total = np.bincount(known, weights=labels, minlength=both.max() + 1)[wanted]
    return pd.Series(_smoothed(count, total, labels.mean(), smoothing), index=new.index)


def _labels(category, y, smoothing):
    if len(category) != len(y):
        raise ValueError(f"{len(category)} categories, but {len(y)} labels")
    if not len(category):
        raise ValueError("there are no rows to learn from")
    if smoothing < 0:
        raise ValueError(f"smoothing must be at least 0, not {smoothing}")
    labels = y.to_numpy(dtype=np.float64)
    if not np.isfinite(labels).all():
        raise ValueError("y must not hold NaN or infinity")
    return labels


def _numbers(category):
    """A number for each category, 0 for all that are missing, which factorize gives -1."""
    return pd.factorize(category)[0].astype(np.int64) + 1


def _outside(whole, part, weights):
    """For each row the weights of its whole, less those of its part of it."""
    return np.bincount(whole, weights)[whole] - np.bincount(part, weights)[part]


def _smoothed(count, total, prior, smoothing):
    # The divisor is 0 only where the prior is taken anyway.
    divisor = np.where(count > 0, count + smoothing, 1.0)
    return np.where(count > 0, (total + smoothing * prior) / divisor, prior)
