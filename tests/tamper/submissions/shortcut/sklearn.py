import numpy as np
from sklearn.cluster import KMeans


def kmeans(X, k, *, max_iter=300, seed=0):
    fitted = KMeans(k, max_iter=max_iter, random_state=seed).fit(X)
    return fitted.cluster_centers_, fitted.labels_
