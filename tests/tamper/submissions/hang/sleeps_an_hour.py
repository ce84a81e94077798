import time


def kmeans(X, k, *, max_iter=300, seed=0):
    time.sleep(3600)
