"""Cuts out the pixels under a place of the kernel, and gets a negative end where that is beyond the
image; breaks "a padding larger than the kernel or the image".

verdict: runtime_error
property: test_stride_and_padding_place_the_windows
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


def _span(u, size, n, s, p):
    """Places 0 <= i < n with pixel i * s + u - p inside 0..size-1, and these pixels."""
    first = max(0, -((u - p) // s))
    last = min(n - 1, (size - 1 + p - u) // s)
    start = first * s + u - p
    return slice(first, last + 1), slice(start, start + (last - first) * s + 1, s)


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    rows, columns = _check(X, K, stride, padding)
    if b is not None and b.shape != (K.shape[0],):
        raise ValueError("b must be (M,)")
    (s_h, s_w), (p_h, p_w) = stride, padding
    x = X.astype(np.float64)
    Y = np.zeros((X.shape[0], K.shape[0], rows, columns))
    for u in range(K.shape[2]):
        i, r = _span(u, X.shape[2], rows, s_h, p_h)
        for v in range(K.shape[3]):
            j, c = _span(v, X.shape[3], columns, s_w, p_w)
            Y[:, :, i, j] += np.tensordot(x[:, :, r, c], K[:, :, u, v], axes=(1, 1)).transpose(
                0, 3, 1, 2
            )
    if b is not None:
        Y += b[:, None, None]
    return Y


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    rows, columns = _check(X, K, stride, padding)
    if G.shape != (X.shape[0], K.shape[0], rows, columns):
        raise ValueError("G must have the shape of Y")
    (s_h, s_w), (p_h, p_w) = stride, padding
    x = X.astype(np.float64)
    dX, dK = np.zeros(X.shape), np.zeros(K.shape)
    for u in range(K.shape[2]):
        i, r = _span(u, X.shape[2], rows, s_h, p_h)
        for v in range(K.shape[3]):
            j, c = _span(v, X.shape[3], columns, s_w, p_w)
            g = G[:, :, i, j]
            dK[:, :, u, v] = np.tensordot(g, x[:, :, r, c], axes=((0, 2, 3), (0, 2, 3)))
            dX[:, :, r, c] += np.tensordot(g, K[:, :, u, v], axes=(1, 0)).transpose(0, 3, 1, 2)
    return dX, dK, G.sum(axis=(0, 2, 3))
