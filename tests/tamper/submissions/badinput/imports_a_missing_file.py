from my_helpers import nearest


def kmeans(X, k, *, max_iter=300, seed=0):
    return nearest(X, k)
