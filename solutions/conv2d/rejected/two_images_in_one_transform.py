"""Transforms two images as one of complex numbers, so that the rounding of a bright one shows in a
faint one; breaks "Each number in Y[n, m] may be off by 10**-12 * (|X[n]| * |K[m]| + |b[m]|)".

verdict: wrong_answer
property: test_each_value_is_the_sum_over_its_window
"""

import numpy as np


def _check(X, K, stride, padding):
    if X.ndim != 4 or K.ndim != 4:
        raise ValueError("X and K must have four dimensions")
    if X.shape[1] != K.shape[1]:
        raise ValueError("numbers of channels differ")
    (s_h, s_w), (p_h, p_w) = stride, padding
    if s_h < 1 or s_w < 1 or p_h < 0 or p_w < 0:
        raise ValueError("bad stride or padding")
    if K.shape[2] > X.shape[2] + 2 * p_h or K.shape[3] > X.shape[3] + 2 * p_w:
        raise ValueError("kernel larger than the padded image")
    rows = (X.shape[2] + 2 * p_h - K.shape[2]) // s_h + 1
    columns = (X.shape[3] + 2 * p_w - K.shape[3]) // s_w + 1
    return rows, columns


def _pad(X, padding):
    p_h, p_w = padding
    return np.pad(X.astype(np.float64), ((0, 0), (0, 0), (p_h, p_h), (p_w, p_w)))


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    rows, columns = _check(X, K, stride, padding)
    if b is not None and b.shape != (K.shape[0],):
        raise ValueError("b must be (M,)")
    P = _pad(X, padding)
    N, size = len(P), P.shape[2:]
    if N % 2:
        P = np.concatenate([P, np.zeros_like(P[:1])])
    Z = P[0::2] + 1j * P[1::2]  # the kernels are real, so the two do not mix
    FK = np.fft.fft2(K[:, :, ::-1, ::-1], s=size)  # mirrored: a convolution now
    product = np.einsum("nchw,mchw->nmhw", np.fft.fft2(Z), FK, optimize=True)
    full = np.fft.ifft2(product)[:, :, K.shape[2] - 1 :: stride[0], K.shape[3] - 1 :: stride[1]]
    Y = np.empty((len(P), K.shape[0], rows, columns))
    Y[0::2], Y[1::2] = full.real, full.imag
    Y = Y[:N]
    if b is not None:
        Y += b[:, None, None]
    return Y


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    rows, columns = _check(X, K, stride, padding)
    if G.shape != (X.shape[0], K.shape[0], rows, columns):
        raise ValueError("G must have the shape of Y")
    P = _pad(X, padding)
    (s_h, s_w), (k_h, k_w) = stride, K.shape[2:]
    dP = np.zeros(P.shape)
    dK = np.zeros(K.shape)
    for u in range(k_h):
        for v in range(k_w):
            place = (
                slice(None),
                slice(None),
                slice(u, u + s_h * (rows - 1) + 1, s_h),
                slice(v, v + s_w * (columns - 1) + 1, s_w),
            )
            dK[:, :, u, v] = np.tensordot(G, P[place], axes=((0, 2, 3), (0, 2, 3)))
            dP[place] += np.tensordot(G, K[:, :, u, v], axes=(1, 0)).transpose(0, 3, 1, 2)
    p_h, p_w = padding
    dX = dP[:, :, p_h : p_h + X.shape[2], p_w : p_w + X.shape[3]]
    return dX, dK, G.sum(axis=(0, 2, 3))
