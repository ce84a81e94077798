"""Looks up the means by Series.map, which makes a column of dtype category one of that dtype again
where no two of its categories have the same mean; breaks "The answers are Series of float64".

verdict: wrong_answer
property: test_the_answers_are_series_of_float64_with_the_index_that_was_given
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


def key(name):
    return name if name == name else None


def means(names, labels, smoothing):
    rows = {}
    for name, label in zip(names, labels):
        rows.setdefault(key(name), []).append(label)
    prior = sum(labels) / len(labels)
    table = {
        name: (sum(its) + smoothing * prior) / (len(its) + smoothing) for name, its in rows.items()
    }
    return lambda name: table.get(key(name), prior)


def encode_train(category, y, fold, *, smoothing=10.0):
    check(category, y, smoothing)
    if len(fold) != len(y):
        raise ValueError("lengths differ")
    names, y, fold = category.reset_index(drop=True), y.to_numpy(float), fold.to_numpy()
    if len(np.unique(fold)) < 2:
        raise ValueError("fewer than two folds")
    answer = np.empty(len(y))
    for own in np.unique(fold):
        other = fold != own
        mean = means(names[other].tolist(), y[other].tolist(), smoothing)
        answer[~other] = [mean(name) for name in names[~other].tolist()]
    return pd.Series(answer, index=category.index)


def encode_new(category, y, new, *, smoothing=10.0):
    check(category, y, smoothing)
    if not len(new):
        return pd.Series([], index=new.index, dtype="float64")
    return new.map(means(category.tolist(), y.astype(float).tolist(), smoothing))
