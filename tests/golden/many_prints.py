"""Prints 40 MB."""


def kmeans(X, k, *, max_iter=300, seed=0):
    for _ in range(40):
        print("x" * 1_000_000)
    return X[:k].astype(float), X[:, 0].astype(int)
