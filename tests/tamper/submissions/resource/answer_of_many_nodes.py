def kmeans(X, k, *, max_iter=300, seed=0):
    return [[]] * 10_000_000, None
