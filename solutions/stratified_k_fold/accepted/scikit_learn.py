"""Wraps sklearn.model_selection.StratifiedKFold, with one row of an extra class for each fold so
that small classes are no error there.

uses: sklearn scipy
"""

import warnings

import numpy as np
from sklearn.model_selection import StratifiedKFold


def stratified_k_fold(y, n_splits=5, *, seed=0):
    codes = np.unique(np.asarray(y), return_inverse=True)[1]
    n = len(codes)
    if n_splits < 2 or n_splits > n:
        raise ValueError("n_splits must be from 2 to n")
    padded = np.append(codes, np.full(n_splits, codes.max() + 1))
    splitter = StratifiedKFold(n_splits, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        folds = list(splitter.split(np.zeros((len(padded), 1)), padded))
    return [(train[train < n], test[test < n]) for train, test in folds]
