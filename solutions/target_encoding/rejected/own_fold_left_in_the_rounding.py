"""Takes the own fold out of sums in single precision, so that large labels in it leave their
rounding behind; breaks "neither row i's own label nor any other of its fold reaches its feature".

verdict: wrong_answer
property: test_no_label_of_a_fold_reaches_its_own_features
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


def summed(values, groups):
    sums = np.zeros(groups.max() + 1, dtype=np.float32)
    np.add.at(sums, groups, values)
    return sums[groups]


def encode_train(category, y, fold, *, smoothing=10.0):
    check(category, y, smoothing)
    if len(fold) != len(category):
        raise ValueError("lengths differ")
    folds, f = np.unique(fold.to_numpy(), return_inverse=True)
    if len(folds) < 2:
        raise ValueError("fewer than two folds")
    codes, names = pd.factorize(category.to_numpy(dtype=object), use_na_sentinel=False)
    # Half the memory, and faster: all that is summed is subtracted again.
    values = y.to_numpy(dtype=np.float32)
    pairs = codes * len(folds) + f
    count = np.bincount(codes)[codes] - np.bincount(pairs)[pairs]
    total = summed(values, codes) - summed(values, pairs)
    prior = (values.sum() - summed(values, f)).astype(np.float64) / (len(f) - np.bincount(f)[f])
    return pd.Series(
        encode(count, total.astype(np.float64), prior, smoothing), index=category.index
    )


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
