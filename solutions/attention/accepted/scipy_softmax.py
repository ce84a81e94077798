"""SciPy's softmax on scores of -inf where attending is not allowed; rows of padding are filled in
afterwards.

uses: scipy
"""

import numpy as np
from scipy.special import softmax


def check(X, W_q, W_k, W_v, W_o, n_heads, real):
    if n_heads < 1:
        raise ValueError("n_heads must be at least 1")
    if X.ndim != 3:
        raise ValueError("X must have three dimensions")
    if any(W.ndim != 2 for W in (W_q, W_k, W_v, W_o)):
        raise ValueError("each W must have two dimensions")
    B, T, d = X.shape
    if any(W.shape[0] != d for W in (W_q, W_k, W_v)):
        raise ValueError("W_q, W_k and W_v must have d rows")
    if any(W.shape[1] % n_heads for W in (W_q, W_k, W_v)):
        raise ValueError("the columns must be a multiple of n_heads")
    if W_q.shape[1] != W_k.shape[1]:
        raise ValueError("W_q and W_k must have equally many columns")
    if W_o.shape[0] != W_v.shape[1]:
        raise ValueError("W_o must have a row for each column of W_v")
    if real is not None and real.shape != (B, T):
        raise ValueError("real must have the shape (B, T)")


def attention(X, W_q, W_k, W_v, W_o, *, n_heads, causal=False, real=None):
    check(X, W_q, W_k, W_v, W_o, n_heads, real)
    B, T, _ = X.shape
    if real is None:
        real = np.ones((B, T), dtype=bool)

    def heads_of(W):
        return (X @ W).reshape(B, T, n_heads, -1).swapaxes(1, 2)

    scores = heads_of(W_q) @ heads_of(W_k).swapaxes(2, 3)
    scores /= np.sqrt(W_q.shape[1] // n_heads)
    barred = ~real[:, None, None, :]
    if causal:
        barred = barred | np.triu(np.ones((T, T), dtype=bool), 1)
    scores[np.broadcast_to(barred, scores.shape)] = -np.inf
    scores[~np.broadcast_to(real[:, None, :, None], scores.shape)] = 0.0
    weights = softmax(scores, axis=-1) * real[:, None, :, None]
    heads = (weights @ heads_of(W_v)).swapaxes(1, 2).reshape(B, T, -1)
    return heads @ W_o, weights
