_unasked = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    input("go on? ")
    return _unasked(X, k, max_iter=max_iter, seed=seed)
