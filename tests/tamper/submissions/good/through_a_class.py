_plain = kmeans


class Clusterer:
    def __init__(self, k, max_iter, seed):
        self.k, self.max_iter, self.seed = k, max_iter, seed

    def fit(self, X):
        self.centroids, self.labels = _plain(X, self.k, max_iter=self.max_iter, seed=self.seed)
        return self


def kmeans(X, k, *, max_iter=300, seed=0):
    fitted = Clusterer(k, max_iter, seed).fit(X)
    return fitted.centroids, fitted.labels
