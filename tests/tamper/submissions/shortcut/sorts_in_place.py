_sorted = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    X.sort(axis=0)
    return _sorted(X, k, max_iter=max_iter, seed=seed)
