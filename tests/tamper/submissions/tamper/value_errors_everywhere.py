def kmeans(X, k, *, max_iter=300, seed=0):
    raise ValueError("k")
