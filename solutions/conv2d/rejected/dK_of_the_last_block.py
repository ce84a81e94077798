"""Goes through the images in blocks of 64, and has the dK of the last one only; breaks "the partial
derivatives of the sum of G * conv2d(X, K, b)".

verdict: wrong_answer
property: test_dK_is_what_a_step_of_each_weight_changes
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
    (s_h, s_w), (k_h, k_w) = stride, K.shape[2:]
    Y = np.zeros((X.shape[0], K.shape[0], rows, columns))
    for u in range(k_h):
        for v in range(k_w):
            part = P[
                :, :, u : u + s_h * (rows - 1) + 1 : s_h, v : v + s_w * (columns - 1) + 1 : s_w
            ]
            Y += np.tensordot(part, K[:, :, u, v], axes=(1, 1)).transpose(0, 3, 1, 2)
    if b is not None:
        Y += b[:, None, None]
    return Y


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    rows, columns = _check(X, K, stride, padding)
    if G.shape != (X.shape[0], K.shape[0], rows, columns):
        raise ValueError("G must have the shape of Y")
    (s_h, s_w), (k_h, k_w), (p_h, p_w) = stride, K.shape[2:], padding
    dP = np.zeros((*X.shape[:2], X.shape[2] + 2 * p_h, X.shape[3] + 2 * p_w))
    dK = np.zeros(K.shape)
    for start in range(0, X.shape[0], 64):  # bounds the memory for large batches
        block = slice(start, start + 64)
        P, g = _pad(X[block], padding), G[block]
        for u in range(k_h):
            for v in range(k_w):
                place = (
                    slice(None),
                    slice(None),
                    slice(u, u + s_h * (rows - 1) + 1, s_h),
                    slice(v, v + s_w * (columns - 1) + 1, s_w),
                )
                dK[:, :, u, v] = np.tensordot(g, P[place], axes=((0, 2, 3), (0, 2, 3)))
                dP[block][place] += np.tensordot(g, K[:, :, u, v], axes=(1, 0)).transpose(
                    0, 3, 1, 2
                )
    dX = dP[:, :, p_h : p_h + X.shape[2], p_w : p_w + X.shape[3]]
    return dX, dK, G.sum(axis=(0, 2, 3))
