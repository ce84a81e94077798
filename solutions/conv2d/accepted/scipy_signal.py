"""SciPy correlates and convolves, one image and one channel after the other, at stride 1; strides take places out.

uses: scipy.signal
"""

import numpy as np
from scipy.signal import convolve, correlate


def _check(X, K, stride, padding):
    if np.ndim(X) != 4 or np.ndim(K) != 4 or X.shape[1] != K.shape[1]:
        raise ValueError("shapes do not fit")
    if min(stride) < 1 or min(padding) < 0:
        raise ValueError("stride or padding out of range")
    P = np.pad(X.astype(float), ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2))
    # SciPy would swap the two if the kernel were the larger one.
    if K.shape[2] > P.shape[2] or K.shape[3] > P.shape[3]:
        raise ValueError("the kernel is larger than the padded image")
    return P


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    P = _check(X, K, stride, padding)
    if b is None:
        b = np.zeros(len(K))
    elif b.shape != (len(K),):
        raise ValueError("b does not fit")
    Y = [[correlate(p, k, mode="valid", method="direct")[0] for k in K] for p in P]
    return np.array(Y)[:, :, :: stride[0], :: stride[1]] + b[:, None, None]


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    P = _check(X, K, stride, padding)
    full = (P.shape[2] - K.shape[2] + 1, P.shape[3] - K.shape[3] + 1)
    spread = np.zeros((len(X), len(K), *full))
    if spread[:, :, :: stride[0], :: stride[1]].shape != G.shape:
        raise ValueError("G does not fit")
    spread[:, :, :: stride[0], :: stride[1]] = G
    dP, dK = np.zeros(P.shape), np.zeros(K.shape)
    for n, c in np.ndindex(X.shape[:2]):
        for m in range(len(K)):
            dP[n, c] += convolve(spread[n, m], K[m, c], mode="full", method="direct")
            dK[m, c] += correlate(P[n, c], spread[n, m], mode="valid", method="direct")
    H, W = X.shape[2:]
    dX = dP[:, :, padding[0] : padding[0] + H, padding[1] : padding[1] + W]
    return dX, dK, G.sum(axis=(0, 2, 3))
