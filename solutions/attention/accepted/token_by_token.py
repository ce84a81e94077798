"""One query after another, all sequences and heads at a time, as in decoding with a cache of keys:
with the causal mask each query sees just the keys up to its own."""

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
    d_k, d_v = W_q.shape[1] // n_heads, W_v.shape[1] // n_heads
    Q = (X @ W_q).reshape(B, T, n_heads, d_k)
    keys = (X @ W_k).reshape(B, T, n_heads, d_k).transpose(0, 2, 1, 3)
    values = (X @ W_v).reshape(B, T, n_heads, d_v).transpose(0, 2, 1, 3)
    is_real = np.full((B, T), True) if real is None else real
    weights = np.zeros((B, n_heads, T, T))
    output = np.zeros((B, T, W_o.shape[1]))
    for i in range(T):
        seen = i + 1 if causal else T
        scores = (keys[:, :, :seen] @ Q[:, i, :, :, None])[..., 0] / np.sqrt(d_k)
        mask = (is_real[:, :seen] & is_real[:, i : i + 1])[:, None, :]
        scores = np.where(mask, scores, np.finfo(float).min)
        e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
        total = e.sum(axis=-1, keepdims=True)
        w = np.divide(e, total, out=np.zeros_like(e), where=total > 0)
        weights[:, :, i, :seen] = w
        heads = (w[:, :, None, :] @ values[:, :, :seen])[:, :, 0]
        output[:, i] = heads.reshape(B, -1) @ W_o
    return output, weights
