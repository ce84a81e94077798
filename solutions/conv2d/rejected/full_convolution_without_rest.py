"""Pads the dilated gradient with k - 1 zeros on both sides, which leaves out the pixels that no
window covers; breaks "Pixels that no window covers have the gradient 0".

verdict: wrong_answer
property: test_dX_is_what_a_step_of_each_pixel_changes
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


def windows(P, k_h, k_w, stride):
    view = np.lib.stride_tricks.sliding_window_view(P, (k_h, k_w), axis=(2, 3))
    return view[:, :, :: stride[0], :: stride[1]]


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    check_bias(b, len(K))
    view = windows(pad(X, padding), K.shape[2], K.shape[3], stride)
    Y = np.tensordot(view, K, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    return Y if b is None else Y + b.reshape(1, -1, 1, 1)


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    N, C, H, W = X.shape
    M, _, k_h, k_w = K.shape
    rows, columns = output_size(X, K, stride, padding)
    check_gradient(G, (N, M, rows, columns))
    P = pad(X, padding)
    view = windows(P, k_h, k_w, stride)
    dK = np.tensordot(G, view, axes=([0, 2, 3], [0, 2, 3]))
    dilated = np.zeros((N, M, (rows - 1) * stride[0] + 1, (columns - 1) * stride[1] + 1))
    dilated[:, :, :: stride[0], :: stride[1]] = G
    wide = np.pad(dilated, ((0, 0), (0, 0), (k_h - 1, k_h - 1), (k_w - 1, k_w - 1)))
    flipped = K[:, :, ::-1, ::-1]
    dP = np.tensordot(windows(wide, k_h, k_w, (1, 1)), flipped, axes=([1, 4, 5], [0, 2, 3]))
    dP = dP.transpose(0, 3, 1, 2)
    dX = dP[:, :, padding[0] :, padding[1] :][:, :, :H, :W]
    return dX, dK, np.einsum("nmij->m", G)
