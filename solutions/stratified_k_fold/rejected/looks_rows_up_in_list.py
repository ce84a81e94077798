"""Finds the training rows by looking every row up in the list of test rows; breaks "do not look
every row up in a list of rows".

verdict: time_limit_exceeded
property: test_the_cost_grows_like_that_of_sorting
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
    turn = 0
    for rows in rows_of.values():
        generator.shuffle(rows)
        for row in rows:
            tests[turn].append(row)
            turn = (turn + 1) % n_splits

    folds = []
    for i in range(n_splits):
        train = [row for row in range(n) if row not in tests[i]]
        folds.append((np.array(train), np.array(tests[i])))
    return folds
