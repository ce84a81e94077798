"""Right in all that it returns, but goes through every place of every image and kernel in Python.

verdict: time_limit_exceeded
property: test_both_passes_take_at_most_40_times_as_long_as_plain_numpy
"""

import numpy as np


def _pad(X, K, stride, padding):
    if X.ndim != 4 or K.ndim != 4 or X.shape[1] != K.shape[1]:
        raise ValueError("X and K do not fit")
    if min(stride) < 1 or min(padding) < 0:
        raise ValueError("stride or padding out of range")
    (top, left) = padding
    P = np.pad(X.astype(float), ((0, 0), (0, 0), (top, top), (left, left)))
    if K.shape[2] > P.shape[2] or K.shape[3] > P.shape[3]:
        raise ValueError("kernel larger than the padded image")
    rows = (P.shape[2] - K.shape[2]) // stride[0] + 1
    columns = (P.shape[3] - K.shape[3]) // stride[1] + 1
    return P, rows, columns


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    P, rows, columns = _pad(X, K, stride, padding)
    if b is None:
        b = np.zeros(len(K))
    if b.shape != (len(K),):
        raise ValueError("b does not fit")
    k_h, k_w = K.shape[2:]
    Y = np.empty((len(X), len(K), rows, columns))
    for n in range(len(X)):
        for m in range(len(K)):
            for i in range(rows):
                for j in range(columns):
                    y, x = i * stride[0], j * stride[1]
                    Y[n, m, i, j] = np.sum(P[n, :, y : y + k_h, x : x + k_w] * K[m]) + b[m]
    return Y


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    P, rows, columns = _pad(X, K, stride, padding)
    if G.shape != (len(X), len(K), rows, columns):
        raise ValueError("G does not fit")
    k_h, k_w = K.shape[2:]
    dP, dK = np.zeros_like(P), np.zeros_like(K)
    for n in range(len(X)):
        for m in range(len(K)):
            for i in range(rows):
                for j in range(columns):
                    y, x = i * stride[0], j * stride[1]
                    dK[m] += G[n, m, i, j] * P[n, :, y : y + k_h, x : x + k_w]
                    dP[n, :, y : y + k_h, x : x + k_w] += G[n, m, i, j] * K[m]
    (top, left), (H, W) = padding, X.shape[2:]
    return dP[:, :, top : top + H, left : left + W], dK, G.sum(axis=(0, 2, 3))
