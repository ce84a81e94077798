"""Turns the kernels by 180 degrees, as a convolution of signal processing does. Both passes agree,
but not with the formula.

verdict: wrong_answer
property: test_each_value_is_the_sum_over_its_window
"""

import numpy as np


def _setup(X, K, stride, padding):
    if X.ndim != 4 or K.ndim != 4 or X.shape[1] != K.shape[1]:
        raise ValueError("X must be (N, C, H, W) and K (M, C, k_h, k_w)")
    if stride[0] < 1 or stride[1] < 1 or padding[0] < 0 or padding[1] < 0:
        raise ValueError("bad stride or padding")
    N, C, H, W = X.shape
    P = np.zeros((N, C, H + 2 * padding[0], W + 2 * padding[1]))
    P[:, :, padding[0] : padding[0] + H, padding[1] : padding[1] + W] = X
    rows = (P.shape[2] - K.shape[2]) // stride[0] + 1
    columns = (P.shape[3] - K.shape[3]) // stride[1] + 1
    if K.shape[2] > P.shape[2] or K.shape[3] > P.shape[3]:
        raise ValueError("the kernel is larger than the image")
    places = []
    for u in range(K.shape[2]):
        for v in range(K.shape[3]):
            down = slice(u, u + (rows - 1) * stride[0] + 1, stride[0])
            right = slice(v, v + (columns - 1) * stride[1] + 1, stride[1])
            places.append((u, v, down, right))
    return P, places, (N, len(K), rows, columns)


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    K = np.asarray(K)[..., ::-1, ::-1]
    P, places, shape = _setup(X, K, stride, padding)
    Y = np.zeros(shape)
    for u, v, down, right in places:
        Y += np.einsum("mc,ncij->nmij", K[:, :, u, v], P[:, :, down, right])
    if b is not None:
        if b.shape != (len(K),):
            raise ValueError("one bias for each kernel")
        Y += b.reshape(1, -1, 1, 1)
    return Y


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    K = np.asarray(K)[..., ::-1, ::-1]
    P, places, shape = _setup(X, K, stride, padding)
    if G.shape != shape:
        raise ValueError("G must look like the output")
    dP, dK = np.zeros(P.shape), np.zeros(K.shape)
    for u, v, down, right in places:
        dK[:, :, u, v] = np.einsum("nmij,ncij->mc", G, P[:, :, down, right])
        dP[:, :, down, right] += np.einsum("mc,nmij->ncij", K[:, :, u, v], G)
    H, W = X.shape[2:]
    dX = dP[:, :, padding[0] : padding[0] + H, padding[1] : padding[1] + W]
    return dX, dK[..., ::-1, ::-1], np.einsum("nmij->m", G)
