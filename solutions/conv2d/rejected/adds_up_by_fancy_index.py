"""Adds the shares of the windows up with `+=` and an array of indices, which counts each pixel of a
window only once.

verdict: wrong_answer
property: test_dX_is_what_a_step_of_each_pixel_changes
"""

import numpy as np


def _columns(X, K, stride, padding):
    if X.ndim != 4 or K.ndim != 4:
        raise ValueError("four dimensions are expected")
    N, C, H, W = X.shape
    M, channels, k_h, k_w = K.shape
    if C != channels:
        raise ValueError("the channels differ")
    if min(stride) <= 0 or min(padding) < 0:
        raise ValueError("stride must be positive, and padding must not be negative")
    tall, wide = H + 2 * padding[0], W + 2 * padding[1]
    if k_h > tall or k_w > wide:
        raise ValueError("the kernel does not fit")
    tops = np.arange(0, tall - k_h + 1, stride[0])
    lefts = np.arange(0, wide - k_w + 1, stride[1])
    row = tops[:, None, None, None] + np.arange(k_h)[:, None]
    column = lefts[:, None, None] + np.arange(k_w)
    flat = (row * wide + column).reshape(len(tops) * len(lefts), k_h * k_w)
    # (places, C * k_h * k_w): where each number of a window lies in one padded image.
    index = (np.arange(C)[:, None] * tall * wide + flat[:, None, :]).reshape(len(flat), -1)
    P = np.pad(np.asarray(X, dtype=float), [(0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2])
    return P.reshape(N, -1), index, (N, M, len(tops), len(lefts)), (C, tall, wide)


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    P, index, shape, _ = _columns(X, K, stride, padding)
    if b is None:
        b = np.zeros(len(K))
    if np.shape(b) != (len(K),):
        raise ValueError("b has the wrong shape")
    Y = P[:, index] @ K.reshape(len(K), -1).T + b
    return np.ascontiguousarray(Y.transpose(0, 2, 1)).reshape(shape)


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    P, index, shape, padded = _columns(X, K, stride, padding)
    if G.shape != shape:
        raise ValueError("G has the wrong shape")
    M = len(K)
    flat = G.reshape(len(X), M, -1)
    dK = sum(g @ p[index] for g, p in zip(flat, P)).reshape(K.shape)
    shares = flat.transpose(0, 2, 1) @ K.reshape(M, -1)
    dP = np.zeros(P.shape)
    dP[:, index] += shares
    dP = dP.reshape(len(X), *padded)
    H, W = X.shape[2:]
    dX = dP[:, :, padding[0] : padding[0] + H, padding[1] : padding[1] + W]
    return dX, dK, flat.sum(axis=(0, 2))
