import re


def kmeans(X, k, *, max_iter=300, seed=0):
    return re.match(r"(a|aa)+$", "a" * 200 + "b")
