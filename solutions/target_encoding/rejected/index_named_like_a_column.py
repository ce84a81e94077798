"""Groups a frame by its columns on the index that was given, which raises where the index has the
name of one of them; breaks "The index may be anything".

verdict: runtime_error
property: test_the_answers_are_series_of_float64_with_the_index_that_was_given
"""

import numpy as np
import pandas as pd


def _check(category, y, smoothing):
    if len(category) != len(y):
        raise ValueError("lengths differ")
    if len(category) == 0:
        raise ValueError("no rows")
    if not np.isfinite(y.to_numpy(dtype=float)).all():
        raise ValueError("y must be finite")
    if smoothing < 0:
        raise ValueError("smoothing must be at least 0")


def _formula(total, count, prior, smoothing):
    count = np.asarray(count)
    some = np.maximum(count, 1)
    mean = np.asarray(total) / some
    weight = some / (some + smoothing)
    return np.where(count == 0, prior, weight * mean + (1 - weight) * prior)


def _key(category):
    return pd.factorize(category.astype(object), use_na_sentinel=False)[0]


def encode_train(category, y, fold, *, smoothing=10.0):
    _check(category, y, smoothing)
    if len(fold) != len(y):
        raise ValueError("lengths differ")
    if fold.nunique() < 2:
        raise ValueError("at least two folds are needed")
    frame = pd.DataFrame(
        {"key": _key(category), "y": y.to_numpy(dtype=float), "fold": fold.to_numpy()},
        index=category.index,
    )
    by_key = frame.groupby("key")["y"]
    by_fold = frame.groupby("fold")["y"]
    by_both = frame.groupby(["key", "fold"])["y"]
    total = by_key.transform("sum") - by_both.transform("sum")
    count = by_key.transform("size") - by_both.transform("size")
    prior = (frame["y"].sum() - by_fold.transform("sum")) / (len(frame) - by_fold.transform("size"))
    return pd.Series(_formula(total, count, prior, smoothing), index=category.index)


def encode_new(category, y, new, *, smoothing=10.0):
    _check(category, y, smoothing)
    both = pd.Series(
        np.concatenate([category.to_numpy(dtype=object), new.to_numpy(dtype=object)]), dtype=object
    )
    code = _key(both)
    n = len(category)
    values = y.to_numpy(dtype=float)
    total = np.bincount(code[:n], weights=values, minlength=code.max() + 1)
    count = np.bincount(code[:n], minlength=code.max() + 1)
    return pd.Series(_formula(total, count, values.mean(), smoothing)[code[n:]], index=new.index)
