"""Returns the numbers of the rows within their class instead of those within y; breaks "row
numbers from 0 to n - 1 ... Every row number is in exactly one of the test sets".

verdict: wrong_answer
property: test_every_row_is_in_exactly_one_test_set
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
    for c in classes:
        rows = rows_of.setdefault(c, [])
        rows.append(len(rows))

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
