def kmeans(X, k, *, max_iter=300, seed=0):
    error = ValueError("inside")
    for _ in range(2000):
        error = ExceptionGroup("group", [error])
    raise error
