def kmeans(X, k, *, max_iter=300, seed=0):
    return 1 << (1 << 36)
