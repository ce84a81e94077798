"""Takes Fourier transforms that are a row and a column too short, so that sums wrap around at the
borders; breaks "Y is that of the formula".

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


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    check_bias(b, len(K))
    P = pad(X, padding)
    size = P.shape[2] + K.shape[2], P.shape[3] + K.shape[3]
    spectrum = np.einsum("ncij,mcij->nmij", np.fft.rfft2(P, size), np.fft.rfft2(K, size).conj())
    rows, columns = output_size(X, K, stride, padding)
    Y = np.fft.irfft2(spectrum, size)[:, :, :: stride[0], :: stride[1]][:, :, :rows, :columns]
    if b is None:
        b = np.zeros(len(K))
    return Y + b[:, None, None]


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    N, C, H, W = X.shape
    M, _, k_h, k_w = K.shape
    rows, columns = output_size(X, K, stride, padding)
    check_gradient(G, (N, M, rows, columns))
    P = pad(X, padding)
    size = max(P.shape[2] - 1, 1), max(P.shape[3] - 1, 1)
    dilated = np.zeros((N, M, (rows - 1) * stride[0] + 1, (columns - 1) * stride[1] + 1))
    dilated[:, :, :: stride[0], :: stride[1]] = G
    of_G = np.fft.rfft2(dilated, size)
    of_K = np.fft.rfft2(K, size)
    of_P = np.fft.rfft2(P, size)
    dP = np.fft.irfft2(np.einsum("nmij,mcij->ncij", of_G, of_K), size)
    dP = np.pad(dP, ((0, 0), (0, 0), (0, 1), (0, 1)))
    dK = np.fft.irfft2(np.einsum("nmij,ncij->mcij", of_G.conj(), of_P), size)
    p_h, p_w = padding
    return dP[:, :, p_h : p_h + H, p_w : p_w + W], dK[:, :, :k_h, :k_w], G.sum(axis=(0, 2, 3))
