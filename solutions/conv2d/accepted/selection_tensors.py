"""Never pads: for rows and for columns a tensor of zeros and ones selects the pixel under each
place of the kernel, and the gradients use the same tensors the other way round.
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


def output_size(X, K, stride, padding):
    rows = (X.shape[2] + 2 * padding[0] - K.shape[2]) // stride[0] + 1
    columns = (X.shape[3] + 2 * padding[1] - K.shape[3]) // stride[1] + 1
    return rows, columns


def selection(length, k, stride, padding, count):
    """S[i, u, h] = 1 where place u of the kernel lies on pixel h in output i."""
    i, u, h = np.ogrid[:count, :k, :length]
    return (i * stride + u - padding == h).astype(np.float64)


def selections(X, K, stride, padding):
    size = output_size(X, K, stride, padding)
    return [
        selection(X.shape[2 + a], K.shape[2 + a], stride[a], padding[a], size[a]) for a in (0, 1)
    ]


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    check_bias(b, K.shape[0])
    patches = all_patches(X, *selections(X, K, stride, padding))
    Y = np.tensordot(patches, K, axes=([1, 5, 3], [1, 2, 3])).transpose(0, 3, 2, 1)
    return Y + (0 if b is None else b[None, :, None, None])


def all_patches(X, R, S):
    """The pixels under the kernel, with the axes n, c, j, v, i, u."""
    return np.tensordot(np.tensordot(X.astype(float), S, axes=(3, 2)), R, axes=(2, 2))


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    check(X, K, stride, padding)
    check_gradient(G, (len(X), len(K), *output_size(X, K, stride, padding)))
    R, S = selections(X, K, stride, padding)
    dK = np.tensordot(G, all_patches(X, R, S), axes=([0, 2, 3], [0, 4, 2]))
    dX = np.tensordot(G, K, axes=(1, 0))
    dX = np.tensordot(dX, R, axes=([1, 4], [0, 1]))
    dX = np.tensordot(dX, S, axes=([1, 3], [0, 1]))
    return dX, dK.transpose(0, 1, 3, 2), G.sum((0, 2, 3))
