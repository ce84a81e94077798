import multiprocessing

_alone = kmeans


def kmeans(X, k, *, max_iter=300, seed=0):
    with multiprocessing.Pool(2) as pool:
        return pool.apply(_alone, (X, k))
