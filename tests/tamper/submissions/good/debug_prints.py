_quiet = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    print("kmeans called with", X.shape, k, max_iter, seed)
    print(X[:2])
    return _quiet(X, k, max_iter=max_iter, seed=seed)
