import numpy as np


def kmeans(X, k, *, max_iter=300, seed=0):
    blocks = []
    while True:
        blocks.append(np.ones(8 << 20))
