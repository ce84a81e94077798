"""Writes category and fold into one text, in which "a-" with fold 1 looks like "a" with fold -1;
breaks "the number and the sum of y of those of them that have row i's category".

verdict: wrong_answer
property: test_a_row_is_encoded_from_the_rows_of_the_other_folds
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
    both = np.concatenate([category.astype(object).to_numpy(), new.astype(object).to_numpy()])
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
    # one key for category and fold
    text = category.astype(object).where(category.notna(), None).tolist()
    keys = [
        (c if c is None else f"{c}-{f}", None if c is not None else f)
        for c, f in zip(text, fold.tolist())
    ]
    pair = pd.factorize(
        pd.Series([k[0] if k[0] is not None else k[1] for k in keys], dtype=object)
    )[0]
    first = np.zeros(pair.max() + 1, dtype=np.int64)
    first[pair[::-1]] = np.arange(len(pair))[::-1]
    cell_code, cell_fold = codes[first], folds[first]

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
