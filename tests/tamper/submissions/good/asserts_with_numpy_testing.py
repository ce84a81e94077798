import numpy.testing

_unchecked = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    centroids, labels = _unchecked(X, k, max_iter=max_iter, seed=seed)
    numpy.testing.assert_equal(len(labels), len(X))
    return centroids, labels
