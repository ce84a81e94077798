import os
import time

_seeded = kmeans
_START = time.time_ns() ^ os.getpid()


def kmeans(X, k, *, max_iter=300, seed=0):
    return _seeded(X, k, max_iter=max_iter, seed=(seed ^ _START) % (1 << 32))
