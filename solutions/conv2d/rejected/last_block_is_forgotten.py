"""Computes dK in blocks of 16 images to save memory, and forgets the last block when it is not
full.

verdict: wrong_answer
property: test_forward_and_backward_are_adjoint
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _windows(X, K, stride, padding):
    """Check all but b and G, and return a view of shape (N, C, rows, columns, k_h, k_w)."""
    if X.ndim != 4 or K.ndim != 4:
        raise ValueError("X and K must have four dimensions")
    if X.shape[1] != K.shape[1]:
        raise ValueError(f"X has {X.shape[1]} channels and K has {K.shape[1]}")
    (down, right), (above, left) = stride, padding
    if min(down, right) < 1:
        raise ValueError("a stride must be at least 1")
    if min(above, left) < 0:
        raise ValueError("padding must be at least 0")
    # In float64, so that narrow integers do not overflow.
    P = np.pad(X.astype(np.float64), ((0, 0), (0, 0), (above, above), (left, left)))
    if K.shape[2] > P.shape[2] or K.shape[3] > P.shape[3]:
        raise ValueError("a kernel is larger than the padded image")
    return sliding_window_view(P, K.shape[2:], axis=(2, 3))[:, :, ::down, ::right]


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    windows = _windows(X, K, stride, padding)
    Y = np.tensordot(windows, K, axes=((1, 4, 5), (1, 2, 3)))  # (N, rows, columns, M)
    if b is not None:
        if b.shape != (len(K),):
            raise ValueError(f"b must have the shape ({len(K)},)")
        Y += b
    return Y.transpose(0, 3, 1, 2)


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    windows = _windows(X, K, stride, padding)
    rows, columns = windows.shape[2:4]
    if G.shape != (len(X), len(K), rows, columns):
        raise ValueError("G must have the shape of conv2d's answer")
    (down, right), (above, left) = stride, padding
    H, W = X.shape[2:]

    dK = np.zeros(K.shape)
    size = min(16, len(X))
    for block in range(len(X) // size):
        part = slice(block * size, (block + 1) * size)
        dK += np.tensordot(G[part], windows[part], axes=((0, 2, 3), (0, 2, 3)))
    # What each window passes back to each of its pixels. Windows overlap, so their shares add up:
    # all windows at once for one place in the kernel, where no two of them meet.
    shares = np.tensordot(G, K, axes=(1, 0))  # (N, rows, columns, C, k_h, k_w)
    shares = shares.transpose(4, 5, 0, 3, 1, 2)
    dP = np.zeros((len(X), X.shape[1], H + 2 * above, W + 2 * left))
    for u, v in np.ndindex(*K.shape[2:]):
        dP[:, :, u : u + rows * down : down, v : v + columns * right : right] += shares[u, v]
    dX = dP[:, :, above : above + H, left : left + W]
    return dX, dK, G.sum(axis=(0, 2, 3))
