"""Wraps scipy.signal.fftconvolve along the last two axes, with kernels turned round and a
gradient with zeros put between its numbers.

uses: scipy.signal
"""

import numpy as np
from scipy.signal import fftconvolve


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


def turned(A):
    return A[..., ::-1, ::-1]


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    check_bias(b, len(K))
    P = pad(X, padding)
    every = fftconvolve(P[:, None], turned(K)[None], mode="valid", axes=(3, 4)).sum(axis=2)
    Y = every[:, :, :: stride[0], :: stride[1]]
    return Y.copy() if b is None else Y + b[:, None, None]


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    check_gradient(G, (len(X), len(K), *output_size(X, K, stride, padding)))
    P = pad(X, padding)
    k_h, k_w = K.shape[2:]
    dilated = np.zeros((len(X), len(K), P.shape[2] - k_h + 1, P.shape[3] - k_w + 1))
    dilated[:, :, :: stride[0], :: stride[1]] = G
    dP = fftconvolve(dilated[:, :, None], K[None], mode="full", axes=(3, 4)).sum(axis=1)
    dK = fftconvolve(P[:, None], turned(dilated)[:, :, None], mode="valid", axes=(3, 4))
    dX = dP[:, :, padding[0] : padding[0] + X.shape[2], padding[1] : padding[1] + X.shape[3]]
    return dX, dK.sum(axis=0), G.sum(axis=(0, 2, 3))
