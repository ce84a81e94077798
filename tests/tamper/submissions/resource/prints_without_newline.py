def kmeans(X, k, *, max_iter=300, seed=0):
    for _ in range(100):
        print("x" * (1 << 20), end="")
