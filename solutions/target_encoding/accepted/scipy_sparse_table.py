"""Adds up sparse tables of categories and folds with SciPy and takes the own fold off the
total; y is centred first against rounding.

uses: scipy
"""

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix


def check(category, y, smoothing):
    if len(category) != len(y):
        raise ValueError("lengths differ")
    if len(category) == 0:
        raise ValueError("no rows")
    if not np.isfinite(y.to_numpy(dtype=np.float64)).all():
        raise ValueError("y holds a NaN or an infinity")
    if smoothing < 0:
        raise ValueError("smoothing is negative")


def encode(count, total, prior, smoothing):
    answer = np.array(np.broadcast_to(prior, len(count)), dtype=np.float64)
    known = count > 0
    answer[known] = ((total + smoothing * answer) / np.where(known, count + smoothing, 1))[known]
    return answer


def encode_train(category, y, fold, *, smoothing=10.0):
    check(category, y, smoothing)
    if len(fold) != len(y):
        raise ValueError("lengths differ")
    folds, f = np.unique(fold.to_numpy(), return_inverse=True)
    if len(folds) < 2:
        raise ValueError("fewer than two folds")
    codes = pd.factorize(category.to_numpy(dtype=object), use_na_sentinel=False)[0]
    values = y.to_numpy(dtype=np.float64)
    centre = values.mean()
    shape = (codes.max() + 1, len(folds))
    total = csr_matrix((values - centre, (codes, f)), shape=shape)
    count = csr_matrix((np.ones(len(f)), (codes, f)), shape=shape)
    sizes = np.bincount(f)
    sums = np.bincount(f, weights=values - centre)
    prior = ((sums.sum() - sums) / (len(f) - sizes))[f]

    def others(table):
        own = np.asarray(table[codes, f]).ravel()
        return np.asarray(table.sum(axis=1)).ravel()[codes] - own

    answer = encode(others(count), others(total), prior, smoothing)
    return pd.Series(answer + centre, index=category.index)


def encode_new(category, y, new, *, smoothing=10.0):
    check(category, y, smoothing)
    n = len(category)
    both = np.concatenate([category.to_numpy(dtype=object), new.to_numpy(dtype=object)])
    codes, names = pd.factorize(both, use_na_sentinel=False)
    values = y.to_numpy(dtype=np.float64)
    count = np.bincount(codes[:n], minlength=len(names))
    total = np.bincount(codes[:n], weights=values, minlength=len(names))
    table = encode(count, total, values.mean(), smoothing)
    return pd.Series(table[codes[n:]], index=new.index, dtype=np.float64)
