def kmeans(X):
    return X, X
