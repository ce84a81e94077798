"""Gives the rows behind the end of fold a fold of their own; breaks "ValueError when the lengths of
category and y (or fold) differ".

verdict: wrong_answer
property: test_a_single_fold_and_folds_of_another_length_are_refused
"""

import numpy as np
import pandas as pd


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
    if len(fold) > len(category):
        raise ValueError("lengths differ")
    fold = fold.reset_index(drop=True).reindex(range(len(category)))
    folds, f = np.unique(fold.to_numpy(), return_inverse=True)
    if len(folds) < 2:
        raise ValueError("fewer than two folds")
    codes, names = pd.factorize(category.to_numpy(dtype=object), use_na_sentinel=False)
    values = y.to_numpy(dtype=np.float64)
    answer = np.empty(len(values))
    for i in range(len(folds)):
        mine, other = f == i, f != i
        count = np.bincount(codes[other], minlength=len(names))
        total = np.bincount(codes[other], weights=values[other], minlength=len(names))
        table = encode(count, total, values[other].mean(), smoothing)
        answer[mine] = table[codes[mine]]
    return pd.Series(answer, index=category.index)


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
