_small = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    return _small(X, k, max_iter=max_iter, seed=seed)[0], "x" * (300 << 20)
