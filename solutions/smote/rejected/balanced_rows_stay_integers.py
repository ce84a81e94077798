"""Returns X as it is where no row is new, integers too; breaks "X_more, float64 of shape (N, d)".

verdict: wrong_answer
property: test_the_given_rows_come_first_and_unchanged
"""

import numpy as np


def smote(X, y, *, k=5, seed=0):
    if k < 1:
        raise ValueError("k < 1")
    if X.shape[0] != y.shape[0]:
        raise ValueError("length mismatch")
    if not np.isfinite(X).all():
        raise ValueError("not finite")
    Z = np.array(X, dtype=float)
    classes, code = np.unique(y, return_inverse=True)
    size = np.bincount(code)
    top = size.max()
    lacking = np.flatnonzero(size < top)
    if (size[lacking] < 2).any():
        raise ValueError("single row class")
    if len(lacking) == 0:
        return X.copy(), y.copy()
    random = np.random.RandomState(seed)
    out_X, out_y = [Z], [y.copy()]
    for c in lacking[::-1]:
        members = np.flatnonzero(code == c)
        n, missing = len(members), top - len(members)
        kk = min(k, n - 1)
        near = np.empty((n, kk), dtype=int)
        for start in range(0, n, 128):
            block = slice(start, min(start + 128, n))
            d = np.zeros((block.stop - start, n))
            for j in range(Z.shape[1]):
                column = Z[members, j]
                d += (column[block, None] - column) ** 2
            d[np.arange(len(d)), np.arange(block.start, block.stop)] = np.inf
            near[block] = np.argpartition(d, kk - 1, axis=1)[:, :kk]
        turns = np.resize(random.permutation(n), missing)
        other = near[turns, random.randint(0, kk, size=missing)]
        u = random.uniform(size=missing)[:, None]
        out_X.append((1 - u) * Z[members[turns]] + u * Z[members[other]])
        out_y.append(np.repeat(classes[c], missing))
    return np.vstack(out_X), np.concatenate(out_y)
