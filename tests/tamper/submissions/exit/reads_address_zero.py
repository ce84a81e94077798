import ctypes


def kmeans(X, k, *, max_iter=300, seed=0):
    ctypes.string_at(0)
