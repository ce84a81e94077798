"""One np.lexsort by class and a random number for each row; the numbers of the folds are shuffled
at the end, and both sets come in descending order.
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    codes = np.unique(np.asarray(y), return_inverse=True)[1]
    n = codes.size
    if n_splits < 2 or n_splits > n:
        raise ValueError(f"n_splits = {n_splits} does not fit {n} rows")
    rng = np.random.Generator(np.random.Philox(seed))
    order = np.lexsort((rng.random(n), codes))
    names = rng.permutation(n_splits)
    fold = np.empty(n, dtype=np.int64)
    fold[order] = names[(np.arange(n) + rng.integers(n_splits)) % n_splits]
    answer = []
    for f in range(n_splits):
        is_test = fold == f
        answer.append((np.flatnonzero(~is_test)[::-1], np.flatnonzero(is_test)[::-1]))
    return answer
