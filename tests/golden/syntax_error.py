# Not Python: the colon is missing.


def kmeans(X, k, *, max_iter=300, seed=0)
    return X[:k], X[:, 0]
