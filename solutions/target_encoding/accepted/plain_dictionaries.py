"""Sums in dictionaries, by category and by category and fold, in plain Python; the other folds
are all rows less the own fold. Exact sums by fractions of integers are not needed.
"""

import math

import pandas as pd


def prepare(category, y, smoothing):
    if len(category) != len(y) or len(y) == 0 or smoothing < 0:
        raise ValueError("lengths or smoothing")
    values = [float(v) for v in y.tolist()]
    if not all(map(math.isfinite, values)):
        raise ValueError("y is not finite")
    return keys(category), values


def keys(category):
    return [
        None if missing else name
        for name, missing in zip(category.tolist(), category.isna().tolist())
    ]


def formula(rows, prior, smoothing):
    return (math.fsum(rows) + smoothing * prior) / (len(rows) + smoothing) if rows else prior


def encode_train(category, y, fold, *, smoothing=10.0):
    names, values = prepare(category, y, smoothing)
    folds = fold.tolist()
    if len(folds) != len(names) or len(set(folds)) < 2:
        raise ValueError("folds")
    answer = [0.0] * len(names)
    for own in set(folds):
        groups, everything = {}, []
        for name, value, other in zip(names, values, folds):
            if other != own:
                groups.setdefault(name, []).append(value)
                everything.append(value)
        prior = math.fsum(everything) / len(everything)
        table = {name: formula(rows, prior, smoothing) for name, rows in groups.items()}
        for i, other in enumerate(folds):
            if other == own:
                answer[i] = table.get(names[i], prior)
    return pd.Series(answer, index=category.index, dtype="float64", name="encoded")


def encode_new(category, y, new, *, smoothing=10.0):
    names, values = prepare(category, y, smoothing)
    groups = {}
    for name, value in zip(names, values):
        groups.setdefault(name, []).append(value)
    prior = math.fsum(values) / len(values)
    table = {name: formula(rows, prior, smoothing) for name, rows in groups.items()}
    answer = [table.get(name, prior) for name in keys(new)]
    return pd.Series(answer, index=new.index, dtype="float64")
