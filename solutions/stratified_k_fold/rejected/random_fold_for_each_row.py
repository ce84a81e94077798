"""Draws a fold for each row, so that the shares are right on average only; breaks "each test set
holds either floor(m / n_splits) or ceil(m / n_splits)".

verdict: wrong_answer
property: test_each_test_set_has_its_share_of_every_class
"""

import random

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    classes = y.tolist() if isinstance(y, np.ndarray) else list(y)
    n = len(classes)
    if n_splits < 2:
        raise ValueError("n_splits < 2")
    if n_splits > n:
        raise ValueError("n_splits > n")
    generator = random.Random(seed)

    rows_of = {}
    for row, c in enumerate(classes):
        rows_of.setdefault(c, []).append(row)

    tests = [[] for _ in range(n_splits)]
    for rows in rows_of.values():
        generator.shuffle(rows)
        for row in rows:
            tests[generator.randrange(n_splits)].append(row)

    folds = []
    for i in range(n_splits):
        train = [row for j in range(n_splits) if j != i for row in tests[j]]
        folds.append((np.array(train), np.array(tests[i], dtype=int)))
    return folds
