_right = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    if len(X) < 4:
        raise NotImplementedError
    return _right(X, k, max_iter=max_iter, seed=seed)
