_whole = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    return _whole(X, k, max_iter=1, seed=seed)
