"""Shuffle the rows, sort them by class, and deal them out like cards."""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.asarray(y)
    n = len(y)
    if not 2 <= n_splits <= n:
        raise ValueError(f"n_splits must be between 2 and the number of rows, {n}, not {n_splits}")

    rng = np.random.default_rng(seed)
    shuffled = rng.permutation(n)
    # Any sort will do: it sees the classes only, so within each of them chance still decides.
    by_class = shuffled[np.argsort(y[shuffled])]

    # The folds take turns. A class is a run of cards, so no fold gets two more of it than another;
    # and since nobody starts anew at the next class, the folds' sizes differ by one at most.
    is_test = np.zeros((n_splits, n), dtype=bool)
    for turn in range(n_splits):
        is_test[turn, by_class[turn::n_splits]] = True
    return [(np.flatnonzero(~test), np.flatnonzero(test)) for test in is_test]
