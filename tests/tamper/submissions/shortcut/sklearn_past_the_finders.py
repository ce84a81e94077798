import importlib
import sys

sys.meta_path[:] = [finder for finder in sys.meta_path if isinstance(finder, type)]
cluster = importlib.import_module("skl" + "earn.cluster")


def kmeans(X, k, *, max_iter=300, seed=0):
    fitted = cluster.KMeans(k, max_iter=max_iter, random_state=seed).fit(X)
    return fitted.cluster_centers_, fitted.labels_
