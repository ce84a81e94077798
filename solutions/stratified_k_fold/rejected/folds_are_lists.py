"""Returns [train, test] for each fold; breaks "A list (no generator) of n_splits tuples (train,
test)".

verdict: wrong_answer
property: test_the_answer_is_a_list_of_tuples_of_two_integer_arrays
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    y = np.asarray(y)
    n = len(y)
    if n_splits < 2:
        raise ValueError("n_splits must be at least 2")
    if n_splits > n:
        raise ValueError("more folds than rows")
    rng = np.random.default_rng(seed)

    classes, codes = np.unique(y, return_inverse=True)
    shuffled = rng.permutation(n)
    order = shuffled[np.argsort(codes[shuffled], kind="stable")]
    fold = np.empty(n, dtype=np.int64)
    fold[order] = np.arange(n) % n_splits

    rows = np.arange(n)
    return [[rows[fold != f], rows[fold == f]] for f in range(n_splits)]
