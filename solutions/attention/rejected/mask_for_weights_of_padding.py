"""Answers a batch that is all padding at once, by zeros and the mask itself; breaks "a tuple of two
float64 arrays".

verdict: wrong_answer
property: test_output_and_weights_have_the_promised_shapes_and_types
"""

import numpy as np


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
    H = n_heads
    d_k = W_q.shape[1] // H
    d_v = W_v.shape[1] // H
    Q = (X @ W_q).reshape(B, T, H, d_k).transpose(0, 2, 1, 3)
    K = (X @ W_k).reshape(B, T, H, d_k).transpose(0, 2, 1, 3)
    V = (X @ W_v).reshape(B, T, H, d_v).transpose(0, 2, 1, 3)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(d_k)
    allowed = np.ones((B, 1, T, T), dtype=bool)
    if causal:
        allowed &= np.tril(np.ones((T, T), dtype=bool))
    if real is not None:
        allowed &= real[:, None, None, :] & real[:, None, :, None]
    if not allowed.any():
        weights = np.repeat(allowed, H, axis=1).astype(int)
        return np.zeros((B, T, W_o.shape[1])), weights
    scores = np.where(allowed, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    weights = np.exp(scores - top)
    total = weights.sum(axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1.0)
    heads = weights @ V
    output = heads.transpose(0, 2, 1, 3).reshape(B, T, H * d_v) @ W_o
    return output, weights
