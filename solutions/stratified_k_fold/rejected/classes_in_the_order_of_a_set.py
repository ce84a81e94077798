"""Goes through the classes in the order of a set, which is another one for strings in each process;
breaks "give exactly the same answer".

verdict: wrong_answer
property: test_the_same_seed_gives_the_same_folds
"""

import random

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    """Dictionary of lists; the left-over rows of a class go to the folds that are smallest so far."""
    n = len(y)
    if n_splits < 2 or n_splits > n:
        raise ValueError("need 2 <= n_splits <= n")
    rng = random.Random(seed)
    values = y.tolist() if isinstance(y, np.ndarray) else y
    groups = {}
    for row, value in enumerate(values):
        groups.setdefault(value, []).append(row)

    folds = [[] for _ in range(n_splits)]
    for value in set(values):
        rows = groups[value]
        rng.shuffle(rows)
        base, extra = divmod(len(rows), n_splits)
        by_size = sorted(range(n_splits), key=lambda k: (len(folds[k]), rng.random()))
        lucky = set(by_size[:extra])
        position = 0
        for k in range(n_splits):
            size = base + (k in lucky)
            folds[k].extend(rows[position : position + size])
            position += size

    result = []
    for k in range(n_splits):
        train = [row for j in range(n_splits) if j != k for row in folds[j]]
        result.append((np.array(train, dtype=np.int64), np.array(folds[k], dtype=np.int64)))
    return result
