import traceback
import warnings

_silent = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    warnings.warn("kmeans is slow")
    try:
        {}["no such key"]
    except KeyError:
        traceback.print_exc()
    return _silent(X, k, max_iter=max_iter, seed=seed)
