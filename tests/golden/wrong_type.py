"""Returns lists instead of arrays."""


def kmeans(X, k, *, max_iter=300, seed=0):
    return X[:k].tolist(), [0] * len(X)
