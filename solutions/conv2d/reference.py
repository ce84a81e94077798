"""Windows as a view, so that the forward pass and both gradients are one matrix product each."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _windows(X, K, stride, padding):
    """Check all but b and G, and return the padded images with a view of their windows.

    The view has the shape (N, C, rows, columns, k_h, k_w).
    """
    # This raises ValueError unless both have four dimensions.
    (_, C, _, _), (_, channels, k_h, k_w) = X.shape, K.shape
    if C != channels:
        raise ValueError(f"X has {C} channels and K has {channels}")
    (down, right), (above, left) = stride, padding
    if min(down, right) < 1:
        raise ValueError("a stride must be at least 1")
    if min(above, left) < 0:
        raise ValueError("padding must be at least 0")
    # X may be of narrow integers: K and G are float64, and so are all products with them.
    P = np.pad(X, ((0, 0), (0, 0), (above, above), (left, left)))
    # This raises ValueError where a kernel is larger than the padded image.
    return P, sliding_window_view(P, (k_h, k_w), axis=(2, 3))[:, :, ::down, ::right]


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    _, windows = _windows(X, K, stride, padding)
    Y = np.tensordot(windows, K, axes=((1, 4, 5), (1, 2, 3)))  # (N, rows, columns, M)
    if b is not None:
        if b.shape != (len(K),):
            raise ValueError(f"b must have the shape ({len(K)},)")
        Y += b
    return Y.transpose(0, 3, 1, 2)


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    P, windows = _windows(X, K, stride, padding)
    rows, columns = windows.shape[2:4]
    if G.shape != (len(X), len(K), rows, columns):
        raise ValueError("G must have the shape of conv2d's answer")
    (down, right), (above, left) = stride, padding
    H, W = X.shape[2:]

    dK = np.tensordot(G, windows, axes=((0, 2, 3), (0, 2, 3)))
    # What each window passes back to each of its pixels. Windows overlap, so their shares add up:
    # all windows at once for one place in the kernel, where no two of them meet.
    shares = np.tensordot(G, K, axes=(1, 0))  # (N, rows, columns, C, k_h, k_w)
    shares = shares.transpose(4, 5, 0, 3, 1, 2)
    dP = np.zeros(P.shape)
    for u, v in np.ndindex(*K.shape[2:]):
        dP[:, :, u : u + rows * down : down, v : v + columns * right : right] += shares[u, v]
    dX = dP[:, :, above : above + H, left : left + W]
    return dX, dK, G.sum(axis=(0, 2, 3))
