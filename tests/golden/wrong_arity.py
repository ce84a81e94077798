"""Takes X only."""


def kmeans(X):
    return X[:1].astype(float), X[:, 0].astype(int)
