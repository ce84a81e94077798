_contiguous = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    centroids, labels = _contiguous(X, k, max_iter=max_iter, seed=seed)
    centroids = centroids[::-1, ::-1].copy()[::-1, ::-1]
    labels.flags.writeable = False
    return centroids, labels
