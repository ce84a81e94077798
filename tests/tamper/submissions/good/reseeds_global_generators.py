import random

import numpy as np

_seeded = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    random.seed(seed)
    np.random.seed(seed)
    return _seeded(X, k, max_iter=max_iter, seed=seed)
