"""Unites the categories of both columns by union_categoricals, which raises for ordered ones that
are not the same; breaks "A dtype of category may list categories that no row has, and others in
new than in category".

verdict: runtime_error
property: test_a_category_without_rows_is_encoded_as_the_prior
"""

import numpy as np
import pandas as pd


def _check(category, y, smoothing, fold=None):
    if len(category) != len(y) or (fold is not None and len(fold) != len(y)):
        raise ValueError("lengths differ")
    if len(category) == 0:
        raise ValueError("no rows")
    if not np.isfinite(y.to_numpy(dtype=float)).all():
        raise ValueError("y must be finite")
    if smoothing < 0:
        raise ValueError("smoothing must be at least 0")
    if fold is not None and fold.nunique() < 2:
        raise ValueError("at least two folds are needed")


def _formula(total, count, prior, smoothing):
    weight = count / np.maximum(count + smoothing, np.finfo(float).tiny)
    mean = total / np.maximum(count, 1)
    return np.where(count == 0, prior, weight * mean + (1 - weight) * prior)


def _codes(category):
    codes, uniques = pd.factorize(category.astype(object), use_na_sentinel=False)
    return codes, len(uniques)


def _codes_new(category, new):
    if isinstance(category.dtype, pd.CategoricalDtype):
        # cheap: no need to look at the strings of the rows
        both = pd.api.types.union_categoricals([category, new])
        codes = both.codes.astype(np.int64)
        codes = np.where(codes < 0, len(both.categories), codes)
        return codes[: len(category)], codes[len(category) :], len(both.categories) + 1
    both = np.concatenate([category.to_numpy(dtype=object), new.to_numpy(dtype=object)])
    codes, uniques = pd.factorize(both, use_na_sentinel=False)
    return codes[: len(category)], codes[len(category) :], len(uniques)


def _pairs(codes, folds, n_folds):
    pair, cells = pd.factorize(codes.astype(np.int64) * n_folds + folds)
    return pair, cells // n_folds, cells % n_folds


def encode_train(category, y, fold, *, smoothing=10.0):
    _check(category, y, smoothing, fold)
    codes, n = _codes(category)
    folds, fold_ids = pd.factorize(fold.to_numpy())
    values = y.to_numpy(dtype=float)
    pair, cell_code, cell_fold = _pairs(codes, folds, len(fold_ids))

    cell_sum = np.bincount(pair, weights=values)
    cell_count = np.bincount(pair)
    total = np.bincount(cell_code, weights=cell_sum, minlength=n)
    count = np.bincount(codes, minlength=n)
    fold_sum = np.bincount(folds, weights=values)
    prior = (fold_sum.sum() - fold_sum) / (len(values) - np.bincount(folds))

    cells = _formula(
        total[cell_code] - cell_sum, count[cell_code] - cell_count, prior[cell_fold], smoothing
    )
    return pd.Series(cells[pair], index=category.index)


def encode_new(category, y, new, *, smoothing=10.0):
    _check(category, y, smoothing)
    codes, new_codes, n = _codes_new(category, new)
    values = y.to_numpy(dtype=float)
    total = np.bincount(codes, weights=values, minlength=n)
    count = np.bincount(codes, minlength=n)
    table = _formula(total, count, values.mean(), smoothing)
    return pd.Series(table[new_codes], index=new.index)
