"""Takes "a" and "A" for the same class, as if the labels had to be cleaned; breaks "Of a class with
m rows, each test set holds either floor(m / n_splits) or ceil(m / n_splits)".

verdict: wrong_answer
property: test_each_test_set_has_its_share_of_every_class
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

    if y.dtype.kind == "U":
        y = np.char.lower(y)
    classes, codes = np.unique(y, return_inverse=True)
    shuffled = rng.permutation(n)
    order = shuffled[np.argsort(codes[shuffled], kind="stable")]
    fold = np.empty(n, dtype=np.int64)
    fold[order] = np.arange(n) % n_splits

    rows = np.arange(n)
    return [(rows[fold != f], rows[fold == f]) for f in range(n_splits)]
