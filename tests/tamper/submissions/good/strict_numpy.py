import warnings

import numpy as np

warnings.simplefilter("error", category=DeprecationWarning)
np.seterr(invalid="raise", divide="raise")
_strict = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    if not np.isfinite(np.asarray(X, dtype=float)).all():
        raise ValueError("X holds a NaN or an infinity")
    return _strict(X, k, max_iter=max_iter, seed=seed)
