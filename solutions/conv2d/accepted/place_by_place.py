"""Goes through the places of Y one by one, as in the formula, but for all images and kernels at once."""

import numpy as np


def _plan(X, K, stride, padding):
    if X.ndim != 4 or K.ndim != 4:
        raise ValueError("X and K must be four-dimensional")
    if X.shape[1] != K.shape[1]:
        raise ValueError("X and K must have the same channels")
    if any(step < 1 for step in stride) or any(more < 0 for more in padding):
        raise ValueError("strides start at 1 and paddings at 0")
    P = np.pad(X.astype(np.float64), ((0, 0), (0, 0), *((more, more) for more in padding)))
    room = [P.shape[axis] - K.shape[axis] for axis in (2, 3)]
    if min(room) < 0:
        raise ValueError("the kernels do not fit into the images")
    tops, lefts = (range(0, most + 1, step) for most, step in zip(room, stride))
    windows = [
        (i, j, slice(y, y + K.shape[2]), slice(x, x + K.shape[3]))
        for i, y in enumerate(tops)
        for j, x in enumerate(lefts)
    ]
    return P, windows, (len(X), len(K), len(tops), len(lefts))


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    P, windows, shape = _plan(X, K, stride, padding)
    if b is not None and b.shape != (len(K),):
        raise ValueError("b must have an entry for each kernel")
    table = K.reshape(len(K), -1).T
    Y = np.zeros(shape)
    for i, j, rows, columns in windows:
        Y[:, :, i, j] = P[:, :, rows, columns].reshape(len(P), -1) @ table
        if b is not None:
            Y[:, :, i, j] += b
    return Y


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    P, windows, shape = _plan(X, K, stride, padding)
    if G.shape != shape:
        raise ValueError("G must have the shape of Y")
    N, C = P.shape[:2]
    table = K.reshape(len(K), -1)
    dP, dK, db = np.zeros(P.shape), np.zeros(table.shape), np.zeros(len(K))
    for i, j, rows, columns in windows:
        g = G[:, :, i, j]
        dP[:, :, rows, columns] += (g @ table).reshape(N, C, *K.shape[2:])
        dK += g.T @ P[:, :, rows, columns].reshape(N, -1)
        db += g.sum(axis=0)
    top, left = padding
    dX = dP[:, :, top : top + X.shape[2], left : left + X.shape[3]]
    return dX, dK.reshape(K.shape), db
