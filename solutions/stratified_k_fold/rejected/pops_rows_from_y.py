"""Empties the list y while it collects the rows of each class; breaks "y is left unchanged".

verdict: wrong_answer
property: test_y_is_left_unchanged
"""

import random

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    classes = y.tolist() if isinstance(y, np.ndarray) else y
    n = len(classes)
    if n_splits < 2:
        raise ValueError("n_splits < 2")
    if n_splits > n:
        raise ValueError("n_splits > n")
    generator = random.Random(seed)

    rows_of = {}
    for row in reversed(range(n)):
        rows_of.setdefault(classes.pop(), []).append(row)

    tests = [[] for _ in range(n_splits)]
    turn = 0
    for rows in rows_of.values():
        generator.shuffle(rows)
        for row in rows:
            tests[turn].append(row)
            turn = (turn + 1) % n_splits

    folds = []
    for i in range(n_splits):
        train = [row for j in range(n_splits) if j != i for row in tests[j]]
        folds.append((np.array(train), np.array(tests[i])))
    return folds
