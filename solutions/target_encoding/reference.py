"""Sums over all rows less those of the row's own fold, by category numbers."""

import numpy as np
import pandas as pd


def encode_train(category, y, fold, *, smoothing=10.0):
    labels = _labels(category, y, smoothing)
    if len(fold) != len(category):
        raise ValueError(f"{len(category)} categories, but {len(fold)} folds")
    folds, names = pd.factorize(fold)
    if len(names) < 2:
        raise ValueError("two folds are needed, so that every row has others to learn from")
    numbers = _numbers(category)
    # A number for each pair of category and fold that occurs: all pairs might be very many.
    pairs = np.unique(numbers * len(names) + folds, return_inverse=True)[1]
    count, total = _outside(numbers, pairs), _outside(numbers, pairs, labels)
    everything = np.zeros_like(folds)
    prior = _outside(everything, folds, labels) / _outside(everything, folds)
    return pd.Series(_smoothed(count, total, prior, smoothing), index=category.index)


def encode_new(category, y, new, *, smoothing=10.0):
    labels = _labels(category, y, smoothing)
    # Numbered together, so that a category has the same number in both. As objects, since two
    # columns of dtype category may list different ones.
    both = _numbers(pd.concat([category.astype(object), new.astype(object)]))
    # New rows have a number and no weight.
    count = np.bincount(both, np.repeat([1, 0], [len(category), len(new)]))
    total = np.bincount(both, np.concatenate([labels, np.zeros(len(new))]))
    wanted = both[len(category) :]
    prior = np.full(len(new), labels.mean())
    return pd.Series(_smoothed(count[wanted], total[wanted], prior, smoothing), index=new.index)


def _labels(category, y, smoothing):
    if len(category) != len(y):
        raise ValueError(f"{len(category)} categories, but {len(y)} labels")
    if not len(category):
        raise ValueError("there are no rows to learn from")
    if smoothing < 0:
        raise ValueError(f"smoothing must be at least 0, not {smoothing}")
    labels = y.to_numpy()
    if not np.isfinite(labels).all():
        raise ValueError("y must not hold NaN or infinity")
    return labels


def _numbers(category):
    """A number for each category, and one for all that are missing."""
    return pd.factorize(category, use_na_sentinel=False)[0]


def _outside(whole, part, weights=None):
    """For each row the weights of its whole, less those of its part of it; 1 a row without."""
    return np.bincount(whole, weights)[whole] - np.bincount(part, weights)[part]


def _smoothed(count, total, prior, smoothing):
    return np.divide(
        total + smoothing * prior, count + smoothing, out=prior.copy(), where=count > 0
    )
