"""Brings integer categories to float64, in which 2**53 and 2**53 + 1 are the same; breaks "strings
(dtype object, str or category) or integers".

verdict: wrong_answer
property: test_a_row_is_encoded_from_the_rows_of_the_other_folds
"""

import numpy as np
import pandas as pd


def _check(category, y, fold, smoothing):
    n = len(category)
    if n == 0:
        raise ValueError("no rows")
    if len(y) != n or (fold is not None and len(fold) != n):
        raise ValueError("lengths differ")
    if smoothing < 0:
        raise ValueError("smoothing < 0")
    v = y.to_numpy(dtype=np.float64)
    if not np.isfinite(v).all():
        raise ValueError("y is not finite")
    return v


def _encode(total, count, prior, smoothing):
    seen = count > 0
    den = np.where(seen, count + smoothing, 1.0)
    return np.where(seen, (total + smoothing * prior) / den, prior)


def encode_train(category, y, fold, *, smoothing=10.0):
    v = _check(category, y, fold, smoothing)
    f, folds = pd.factorize(fold.to_numpy())
    if len(folds) < 2:
        raise ValueError("fewer than two folds")
    numeric = pd.api.types.is_integer_dtype(category.dtype)
    c, _ = pd.factorize(category.astype(float) if numeric else category, use_na_sentinel=False)
    pair, pairs = pd.factorize(c.astype(np.int64) * len(folds) + f)
    total = np.bincount(c, v)[c] - np.bincount(pair, v)[pair]
    count = np.bincount(c)[c] - np.bincount(pair)[pair]
    prior = ((v.sum() - np.bincount(f, v)) / (len(v) - np.bincount(f)))[f]
    total = np.where(count > 0, total, 0.0)
    return pd.Series(_encode(total, count, prior, smoothing), index=category.index)


def encode_new(category, y, new, *, smoothing=10.0):
    v = _check(category, y, None, smoothing)
    c, values = pd.factorize(category.astype(object))
    k = len(values)
    c = np.where(c < 0, k, c)
    total = np.append(np.bincount(c, v, minlength=k + 1), 0.0)
    count = np.append(np.bincount(c, minlength=k + 1), 0)
    objects = new.astype(object)
    at = pd.Index(values, dtype=object).get_indexer(pd.Index(objects.to_numpy(), dtype=object))
    at = np.where(at < 0, k + 1, at)
    at = np.where(objects.isna().to_numpy(), k, at)
    out = _encode(total[at], count[at], v.mean(), smoothing)
    return pd.Series(out, index=new.index, dtype="float64")
