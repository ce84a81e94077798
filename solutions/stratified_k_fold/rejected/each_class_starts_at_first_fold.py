"""Starts each class at the first fold, so that the leftovers of all classes pile up there; breaks
"the rows that are left over from the classes must not all go to the same folds".

verdict: wrong_answer
property: test_the_test_sets_are_equal_in_size_give_or_take_one
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
        turn = 0
        for row in rows:
            tests[turn].append(row)
            turn = (turn + 1) % n_splits

    folds = []
    for i in range(n_splits):
        train = [row for j in range(n_splits) if j != i for row in tests[j]]
        folds.append((np.array(train), np.array(tests[i])))
    return folds
