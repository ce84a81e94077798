"""Modified Gram-Schmidt in extended precision, greedily taking the longest column.

Each column is orthogonalised twice; columns with nothing left keep weight zero.
`intercept_` is a Python float and a y of shape (n, 1), which has one value for
each row, is read as (n,).
"""

import numpy as np


def _check(X, y):
    X = np.asarray(X)
    y = np.asarray(y)
    if X.ndim != 2:
        raise ValueError("X is not two-dimensional")
    if y.shape == (len(X), 1):
        y = y[:, 0]
    if y.shape != (len(X),):
        raise ValueError("y does not have one value for each row of X")
    for name, array in (("X", X), ("y", y)):
        if not np.all(np.isfinite(array)):
            raise ValueError(f"{name} holds a NaN or an infinity")
    return X.astype(np.longdouble), y.astype(np.longdouble)


class LinearRegression:
    def fit(self, X, y):
        X, y = _check(X, y)
        d = X.shape[1]
        centre = X.mean(axis=0)
        W = X - centre
        W -= W.mean(axis=0)
        magnitude = np.abs(X).max(axis=0)
        scale = np.abs(W).max(axis=0)
        usable = scale > 1e-12 * magnitude
        W[:, ~usable] = 0
        scale[~usable] = 1
        W /= scale
        norms = np.sqrt((W * W).sum(axis=0))
        norms[~usable] = 1
        W /= norms

        Q, chosen = [], []
        projections = np.zeros((d, d), dtype=np.longdouble)
        free = set(np.flatnonzero(usable).tolist())
        while free:
            left = sorted(free)
            sizes = np.sqrt((W[:, left] ** 2).sum(axis=0))
            if sizes.max() <= 1e-12:
                break
            j = left[int(sizes.argmax())]
            v = W[:, j].copy()
            for i, q in enumerate(Q):  # second pass of orthogonalisation
                h = q @ v
                projections[i, j] += h
                v -= h * q
            k = len(Q)
            projections[k, j] = np.sqrt(v @ v)
            q = v / projections[k, j]
            Q.append(q)
            chosen.append(j)
            free.remove(j)
            others = sorted(free)
            h = q @ W[:, others]
            projections[k, others] += h
            W[:, others] -= np.outer(q, h)

        target = y - y.mean()
        weights = np.zeros(d, dtype=np.longdouble)
        rhs = []
        for q in Q:
            h = q @ target
            rhs.append(h)
            target = target - h * q
        for k in range(len(Q) - 1, -1, -1):
            later = chosen[k + 1 :]
            weights[chosen[k]] = (rhs[k] - projections[k, later] @ weights[later]) / projections[
                k, chosen[k]
            ]

        self.coef_ = (weights / norms / scale).astype(float)
        self.intercept_ = float((y - X @ self.coef_.astype(np.longdouble)).mean())
        return self

    def predict(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self.coef_.size:
            raise ValueError(f"X must have {self.coef_.size} columns")
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
