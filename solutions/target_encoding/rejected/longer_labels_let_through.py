"""Puts the columns side by side without comparing them, so that a label too many is cut off, or
belongs to a row without a category; breaks "ValueError when the lengths of category and y (or
fold) differ".

verdict: wrong_answer
property: test_impossible_arguments_are_refused
"""

import numpy as np
import pandas as pd


def frame(category, y, smoothing):
    """The two columns side by side; where y is shorter, it gets a NaN, which is refused."""
    if len(category) == 0:
        raise ValueError("no rows")
    if smoothing < 0:
        raise ValueError("smoothing is negative")
    columns = [category.astype(object).reset_index(drop=True), y.reset_index(drop=True)]
    table = pd.concat(columns, axis=1, keys=["category", "y"])
    if not np.isfinite(table["y"].to_numpy(dtype=np.float64)).all():
        raise ValueError("y holds a NaN or an infinity")
    return table


def encode(count, total, prior, smoothing):
    answer = np.array(np.broadcast_to(prior, len(count)), dtype=np.float64)
    known = count > 0
    answer[known] = ((total + smoothing * answer) / np.where(known, count + smoothing, 1))[known]
    return answer


def encode_train(category, y, fold, *, smoothing=10.0):
    table = frame(category, y, smoothing)
    if len(fold) != len(category):
        raise ValueError("lengths differ")
    table = table.iloc[: len(fold)]
    folds, f = np.unique(fold.to_numpy(), return_inverse=True)
    if len(folds) < 2:
        raise ValueError("fewer than two folds")
    codes, names = pd.factorize(table["category"].to_numpy(), use_na_sentinel=False)
    values = table["y"].to_numpy(dtype=np.float64)
    answer = np.empty(len(values))
    for i in range(len(folds)):
        mine, other = f == i, f != i
        count = np.bincount(codes[other], minlength=len(names))
        total = np.bincount(codes[other], weights=values[other], minlength=len(names))
        encoded = encode(count, total, values[other].mean(), smoothing)
        answer[mine] = encoded[codes[mine]]
    return pd.Series(answer, index=category.index)


def encode_new(category, y, new, *, smoothing=10.0):
    table = frame(category, y, smoothing)
    n = len(table)
    both = np.concatenate([table["category"].to_numpy(), new.to_numpy(dtype=object)])
    codes, names = pd.factorize(both, use_na_sentinel=False)
    values = table["y"].to_numpy(dtype=np.float64)
    count = np.bincount(codes[:n], minlength=len(names))
    total = np.bincount(codes[:n], weights=values, minlength=len(names))
    encoded = encode(count, total, values.mean(), smoothing)
    return pd.Series(encoded[codes[n:]], index=new.index, dtype=np.float64)
