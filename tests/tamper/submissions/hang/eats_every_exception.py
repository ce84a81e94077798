def kmeans(X, k, *, max_iter=300, seed=0):
    while True:
        try:
            while True:
                pass
        except:
            continue
