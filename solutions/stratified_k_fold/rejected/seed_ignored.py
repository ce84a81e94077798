"""Always shuffles with the same generator, whatever the seed; breaks "any two rows ... share a
test set with some of the seeds 0 to 199, and do not with others".

verdict: wrong_answer
property: test_rows_are_dealt_at_random_and_each_class_by_itself
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.asarray(y)
    n = len(y)
    if n_splits < 2:
        raise ValueError("n_splits must be at least 2")
    if n_splits > n:
        raise ValueError("more folds than rows")
    rng = np.random.default_rng(42)

    classes, codes = np.unique(y, return_inverse=True)
    shuffled = rng.permutation(n)
    order = shuffled[np.argsort(codes[shuffled], kind="stable")]
    fold = np.empty(n, dtype=np.int64)
    fold[order] = np.arange(n) % n_splits

    rows = np.arange(n)
    return [(rows[fold != f], rows[fold == f]) for f in range(n_splits)]
