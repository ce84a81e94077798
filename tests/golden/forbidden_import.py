"""Lets a library do the work."""

from sklearn.cluster import KMeans


def kmeans(X, k, *, max_iter=300, seed=0):
    model = KMeans(k, max_iter=max_iter, random_state=seed).fit(X)
    return model.cluster_centers_, model.labels_
