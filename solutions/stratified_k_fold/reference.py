"""Sort the rows by class, at random within a class, and deal them out like cards."""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.asarray(y)
    n = len(y)
    if not 2 <= n_splits <= n:
        raise ValueError(f"n_splits must be between 2 and the number of rows, {n}, not {n_splits}")

    rng = np.random.default_rng(seed)
    shuffled = rng.permutation(n)
    # A stable sort keeps the random order within each class.
    by_class = shuffled[np.argsort(y[shuffled], kind="stable")]

    # The folds take turns. A class is a run of cards, so no fold gets two more of it than another;
    # and since nobody starts anew at the next class, the folds' sizes differ by one at most.
    fold = np.empty(n, dtype=int)
    fold[by_class] = np.arange(n) % n_splits
    return [(np.flatnonzero(fold != turn), np.flatnonzero(fold == turn)) for turn in range(n_splits)]
