"""Seeds the generator of each class with seed + class, which fails for negative ints and for
strings; breaks "all of them strings" and "they may be any numbers that a type holds".

verdict: runtime_error
property: test_each_test_set_has_its_share_of_every_class
"""

import numpy as np


def stratified_k_fold(y, n_splits=5, *, seed=0):
    classes = y.tolist() if isinstance(y, np.ndarray) else list(y)
    n = len(classes)
    if n_splits < 2:
        raise ValueError("n_splits < 2")
    if n_splits > n:
        raise ValueError("n_splits > n")

    rows_of = {}
    for row, c in enumerate(classes):
        rows_of.setdefault(c, []).append(row)

    tests = [[] for _ in range(n_splits)]
    turn = 0
    for c, rows in rows_of.items():
        generator = np.random.default_rng(seed + c)
        generator.shuffle(rows)
        for row in rows:
            tests[turn].append(row)
            turn = (turn + 1) % n_splits

    folds = []
    for i in range(n_splits):
        train = [row for j in range(n_splits) if j != i for row in tests[j]]
        folds.append((np.array(train), np.array(tests[i])))
    return folds
