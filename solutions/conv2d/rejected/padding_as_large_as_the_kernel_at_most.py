"""Takes padding beyond k - 1 as useless ("windows of zeros only") in the backward pass only: dK, dX
crop wrong.

verdict: wrong_answer
property: test_dX_is_what_a_step_of_each_pixel_changes
"""

import numpy as np


def _sizes(X, K, stride, padding):
    if X.ndim != 4 or K.ndim != 4:
        raise ValueError("four dimensions")
    N, C, H, W = X.shape
    M, D, kh, kw = K.shape
    if C != D:
        raise ValueError("channels")
    sh, sw = stride
    ph, pw = padding
    if sh < 1 or sw < 1:
        raise ValueError("stride")
    if ph < 0 or pw < 0:
        raise ValueError("padding")
    if kh > H + 2 * ph or kw > W + 2 * pw:
        raise ValueError("kernel")
    return (H + 2 * ph - kh) // sh + 1, (W + 2 * pw - kw) // sw + 1


def _pad(X, padding):
    N, C, H, W = X.shape
    ph, pw = padding
    P = np.zeros((N, C, H + 2 * ph, W + 2 * pw))
    P[:, :, ph : ph + H, pw : pw + W] = X
    return P


def _at(P, u, v, rows, cols, stride):
    sh, sw = stride
    return P[:, :, u : u + sh * (rows - 1) + 1 : sh, v : v + sw * (cols - 1) + 1 : sw]


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    rows, cols = _sizes(X, K, stride, padding)
    M, C, kh, kw = K.shape
    if b is not None and b.shape != (M,):
        raise ValueError("b")
    P = _pad(X, padding)
    Y = np.zeros((len(X), M, rows, cols))
    for u in range(kh):
        for v in range(kw):
            Y += np.einsum(
                "ncij,mc->nmij", _at(P, u, v, rows, cols, stride), K[:, :, u, v], optimize=True
            )
    if b is not None:
        Y += b[:, None, None]
    return Y


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    rows, cols = _sizes(X, K, stride, padding)
    N, C, H, W = X.shape
    M, C, kh, kw = K.shape
    ph, pw = padding
    if G.shape != (N, M, rows, cols):
        raise ValueError("G")
    P = _pad(X, padding)
    dP = np.zeros(P.shape)
    dK = np.zeros(K.shape)
    for u in range(kh):
        for v in range(kw):
            dK[:, :, u, v] = np.einsum(
                "nmij,ncij->mc", G, _at(P, u, v, rows, cols, stride), optimize=True
            )
            _at(dP, u, v, rows, cols, stride)[...] += np.einsum(
                "nmij,mc->ncij", G, K[:, :, u, v], optimize=True
            )
    ph, pw = min(ph, max(kh - 1, 0)) if ph > 9 else ph, pw
    return dP[:, :, ph : ph + H, pw : pw + W], dK, G.sum(axis=(0, 2, 3))
