_free = kmeans


class Clinging:
    def __del__(self):
        while True:
            pass


def kmeans(X, k, *, max_iter=300, seed=0):
    clinging = Clinging()
    return _free(X, k, max_iter=max_iter, seed=seed)
