"""Takes the bias in single precision; breaks "Each number in Y[n, m] may be off by 10**-12 *
(|X[n]| * |K[m]| + |b[m]|)".

verdict: wrong_answer
property: test_each_value_is_the_sum_over_its_window
"""

import numpy as np


def _check(X, K, stride, padding):
    if X.ndim != 4 or K.ndim != 4:
        raise ValueError("dimensions")
    if X.shape[1] != K.shape[1]:
        raise ValueError("channels")
    if min(stride) < 1 or min(padding) < 0:
        raise ValueError("options")
    (sh, sw), (ph, pw) = stride, padding
    H, W = X.shape[2] + 2 * ph, X.shape[3] + 2 * pw
    kh, kw = K.shape[2:]
    if kh > H or kw > W:
        raise ValueError("kernel larger than the padded image")
    return (H - kh) // sh + 1, (W - kw) // sw + 1


def _pad(X, padding):
    ph, pw = padding
    return np.pad(X, ((0, 0), (0, 0), (ph, ph), (pw, pw)))


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    rows, cols = _check(X, K, stride, padding)
    M = K.shape[0]
    if b is None:
        b = np.zeros(M)
    if b.shape != (M,):
        raise ValueError("b")
    sh, sw = stride
    P = _pad(X, padding).astype(np.float64)
    Y = np.zeros((X.shape[0], M, rows, cols))
    for u in range(K.shape[2]):
        for v in range(K.shape[3]):
            part = P[:, :, u : u + sh * (rows - 1) + 1 : sh, v : v + sw * (cols - 1) + 1 : sw]
            Y += np.einsum("ncij,mc->nmij", part, K[:, :, u, v], optimize=True)
    return Y + b.astype(np.float32)[:, None, None]


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    rows, cols = _check(X, K, stride, padding)
    if G.shape != (X.shape[0], K.shape[0], rows, cols):
        raise ValueError("G")
    (sh, sw), (ph, pw) = stride, padding
    P = _pad(X, padding).astype(np.float64)
    dP = np.zeros(P.shape)
    dK = np.zeros(K.shape)
    for u in range(K.shape[2]):
        for v in range(K.shape[3]):
            r = slice(u, u + sh * (rows - 1) + 1, sh)
            c = slice(v, v + sw * (cols - 1) + 1, sw)
            dP[:, :, r, c] += np.einsum("nmij,mc->ncij", G, K[:, :, u, v], optimize=True)
            dK[:, :, u, v] = np.tensordot(G, P[:, :, r, c], ([0, 2, 3], [0, 2, 3]))
    H, W = X.shape[2:]
    return dP[:, :, ph : ph + H, pw : pw + W], dK, G.sum(axis=(0, 2, 3))
