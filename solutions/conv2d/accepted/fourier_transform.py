"""Products of Fourier transforms at stride 1; a stride takes places out of Y, and puts zeros into G."""

import numpy as np


def _check(X, K, stride, padding):
    if X.ndim != 4 or K.ndim != 4 or X.shape[1] != K.shape[1]:
        raise ValueError("shapes do not fit")
    if stride[0] < 1 or stride[1] < 1:
        raise ValueError("a stride is at least 1")
    if padding[0] < 0 or padding[1] < 0:
        raise ValueError("padding is at least 0")
    P = np.pad(X.astype(float), ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2))
    full = (P.shape[2] - K.shape[2] + 1, P.shape[3] - K.shape[3] + 1)
    if min(full) < 1:
        raise ValueError("no window lies within the image")
    return P, full, P.shape[2:]


def conv2d(X, K, b=None, *, stride=(1, 1), padding=(0, 0)):
    P, full, size = _check(X, K, stride, padding)
    if b is not None and b.shape != (K.shape[0],):
        raise ValueError("b must hold one number for each kernel")
    image, kernel = np.fft.rfft2(P, s=size), np.fft.rfft2(K, s=size)
    # The conjugate turns a convolution into a correlation; what wraps around is cut off.
    Y = np.fft.irfft2(np.einsum("nchw,mchw->nmhw", image, kernel.conj()), s=size)
    Y = Y[:, :, : full[0] : stride[0], : full[1] : stride[1]]
    return Y if b is None else Y + b[:, None, None]


def conv2d_backward(G, X, K, *, stride=(1, 1), padding=(0, 0)):
    P, full, size = _check(X, K, stride, padding)
    spread = np.zeros((len(X), len(K), *full))
    places = spread[:, :, :: stride[0], :: stride[1]]
    if places.shape != G.shape:
        raise ValueError("G must have the shape of Y")
    places[...] = G
    image, kernel = np.fft.rfft2(P, s=size), np.fft.rfft2(K, s=size)
    gradient = np.fft.rfft2(spread, s=size)
    dP = np.fft.irfft2(np.einsum("nmhw,mchw->nchw", gradient, kernel), s=size)
    dK = np.fft.irfft2(np.einsum("nmhw,nchw->mchw", gradient.conj(), image), s=size)
    dX = dP[:, :, padding[0] :, padding[1] :][:, :, : X.shape[2], : X.shape[3]]
    return dX, dK[:, :, : K.shape[2], : K.shape[3]], G.sum((0, 2, 3))
