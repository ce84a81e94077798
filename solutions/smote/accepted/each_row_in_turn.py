"""Gives each row its turn in shuffled rounds, finds the neighbours one row at a time with
np.argpartition, and puts the new rows of all classes in random order.
"""

import numpy as np


def check(X, y, k):
    if len(X) != len(y):
        raise ValueError("X and y differ in length")
    if k < 1:
        raise ValueError("k must be at least 1")
    if not np.isfinite(X).all():
        raise ValueError("X holds a NaN or an infinity")


def smote(X, y, *, k=5, seed=0):
    check(X, y, k)
    rng = np.random.RandomState(seed)
    numbers = np.asarray(X, dtype=np.float64)
    largest = max(np.sum(y == label) for label in np.unique(y))
    new = []
    for label in np.unique(y):
        mine = np.flatnonzero(y == label)
        need = largest - len(mine)
        if need and len(mine) < 2:
            raise ValueError("no neighbour")
        near = {}
        turn = []
        for _ in range(need):
            if not turn:
                turn = list(rng.permutation(mine))
            x = turn.pop()
            if x not in near:
                others = mine[mine != x]
                squares = np.sum((numbers[others] - numbers[x]) ** 2, axis=1)
                if k < len(others):
                    others = others[np.argpartition(squares, k - 1)[:k]]
                near[x] = others
            z = rng.choice(near[x])
            new.append((numbers[x] + rng.uniform() * (numbers[z] - numbers[x]), label))
    order = rng.permutation(len(new))
    X_more, y_more = np.empty((len(y) + len(new), X.shape[1])), list(y)
    X_more[: len(y)] = numbers
    for place, i in enumerate(order, start=len(y)):
        X_more[place] = new[i][0]
        y_more.append(new[i][1])
    return X_more, np.array(y_more)
