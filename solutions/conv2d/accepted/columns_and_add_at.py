"""The classical im2col: an index for each number of each window, one matrix product for each
image, and np.add.at for the way back.
"""

import numpy as np


def check(X, K, stride, padding):
    if X.ndim != 4 or K.ndim != 4:
        raise ValueError("X and K must have four dimensions")
    if X.shape[1] != K.shape[1]:
        raise ValueError("X and K must have equally many channels")
    if min(stride) < 1:
        raise ValueError("stride must be at least 1")
    if min(padding) < 0:
        raise ValueError("padding must not be negative")
    for axis in range(2):
        if K.shape[2 + axis] > X.shape[2 + axis] + 2 * padding[axis]:
            raise ValueError("the kernel is larger than the padded image")


def check_bias(b, M):
    if b is not None and b.shape != (M,):
        raise ValueError("b must have the shape (M,)")


def check_gradient(G, shape):
    if G.shape != shape:
        raise ValueError("G must have the shape of Y")


def pad(X, padding):
    p_h, p_w = padding
    return np.pad(X.astype(np.float64), ((0, 0), (0, 0), (p_h, p_h), (p_w, p_w)))


def output_size(X, K, stride, padding):
    rows = (X.shape[2] + 2 * padding[0] - K.shape[2]) // stride[0] + 1
    columns = (X.shape[3] + 2 * padding[1] - K.shape[3]) // stride[1] + 1
    return rows, columns


def index_of_windows(C, height, width, k_h, k_w, rows, columns, stride):
    """Where the numbers of the windows stand in a flat image: (C * k_h * k_w, places)."""
    c, u, v = (a.ravel() for a in np.indices((C, k_h, k_w)))
    i, j = (a.ravel() for a in np.indices((rows, columns)))
    row = u[:, None] + stride[0] * i
    column = v[:, None] + stride[1] * j
    return (c[:, None] * height + row) * width + column


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    M, C, k_h, k_w = K.shape
    check_bias(b, M)
    P = pad(X, padding)
    rows, columns = output_size(X, K, stride, padding)
    index = index_of_windows(C, *P.shape[2:], k_h, k_w, rows, columns, stride)
    weights = K.reshape(M, -1)
    Y = np.array([weights @ image.ravel()[index] for image in P])
    if b is not None:
        Y = Y + b[:, None]
    return Y.reshape(len(X), M, rows, columns)


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    M, C, k_h, k_w = K.shape
    rows, columns = output_size(X, K, stride, padding)
    check_gradient(G, (len(X), M, rows, columns))
    P = pad(X, padding)
    index = index_of_windows(C, *P.shape[2:], k_h, k_w, rows, columns, stride)
    weights = K.reshape(M, -1)
    dK = np.zeros(weights.shape)
    dP = np.zeros(P.shape)
    for n, image in enumerate(P):
        g = G[n].reshape(M, -1)
        dK += g @ image.ravel()[index].T
        flat = np.zeros(image.size)
        np.add.at(flat, index.ravel(), (weights.T @ g).ravel())
        dP[n] = flat.reshape(image.shape)
    p_h, p_w = padding
    dX = dP[:, :, p_h : P.shape[2] - p_h, p_w : P.shape[3] - p_w]
    return dX, dK.reshape(K.shape), G.sum(axis=3).sum(axis=2).sum(axis=0)
