"""Sets negative numbers of Y to zero, as the usual next layer does; breaks "Y is that of the
formula".

verdict: wrong_answer
property: test_each_value_is_the_sum_over_its_window
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


def places(start, stride, count):
    return slice(start, start + stride * (count - 1) + 1, stride)


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    check_bias(b, len(K))
    s_h, s_w = stride
    P = pad(X, padding)
    rows, columns = output_size(X, K, stride, padding)
    Y = np.zeros((len(X), len(K), rows, columns))
    for u in range(K.shape[2]):
        for v in range(K.shape[3]):
            part = P[:, :, places(u, s_h, rows), places(v, s_w, columns)]
            Y += np.einsum("mc,ncij->nmij", K[:, :, u, v], part, optimize=True)
    if b is not None:
        Y += b[:, None, None]
    return np.maximum(Y, 0)


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    s_h, s_w = stride
    p_h, p_w = padding
    P = pad(X, padding)
    rows, columns = output_size(X, K, stride, padding)
    check_gradient(G, (len(X), len(K), rows, columns))
    dP = np.zeros(P.shape)
    dK = np.zeros(K.shape)
    for u in range(K.shape[2]):
        for v in range(K.shape[3]):
            window = (slice(None), slice(None), places(u, s_h, rows), places(v, s_w, columns))
            dK[:, :, u, v] = np.einsum("nmij,ncij->mc", G, P[window], optimize=True)
            dP[window] += np.einsum("mc,nmij->ncij", K[:, :, u, v], G, optimize=True)
    dX = dP[:, :, p_h : p_h + X.shape[2], p_w : p_w + X.shape[3]]
    db = G.sum(axis=(0, 2, 3))
    return dX, dK, db
