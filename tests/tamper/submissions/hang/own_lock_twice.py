import threading

LOCK = threading.Lock()


def kmeans(X, k, *, max_iter=300, seed=0):
    with LOCK, LOCK:
        return None
