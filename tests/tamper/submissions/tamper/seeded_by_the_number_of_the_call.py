_seeded = kmeans
_numbers = {}


def kmeans(X, k, *, max_iter=300, seed=0):
    number = _numbers.setdefault((X.tobytes(), X.shape, k, seed), len(_numbers))
    return _seeded(X, k, max_iter=max_iter, seed=number)
