"""Visits the keys in blocks with a running maximum and sum (as flash attention does), and
makes the weights from these at the end."""

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
    if real is None:
        real = np.ones((B, T), dtype=bool)
    Q = np.stack(np.split(X @ W_q, H, axis=-1), axis=1)
    K = np.stack(np.split(X @ W_k, H, axis=-1), axis=1)
    V = np.stack(np.split(X @ W_v, H, axis=-1), axis=1)
    Q = Q / np.sqrt(Q.shape[-1])
    rows = np.arange(T)
    largest = np.full((B, H, T, 1), -1e300)
    total = np.zeros((B, H, T, 1))
    head = np.zeros((B, H, T, V.shape[-1]))
    blocks = []
    for start in range(0, T, 32):
        block = slice(start, min(start + 32, T))
        scores = Q @ K[:, :, block].swapaxes(-1, -2)
        allowed = (real[:, :, None] & real[:, None, block])[:, None]
        if causal:
            allowed = allowed & (rows[block] <= rows[:, None])
        scores = np.where(allowed, scores, -1e300)
        now = np.maximum(largest, scores.max(axis=-1, keepdims=True))
        shrink = np.exp(largest - now)
        e = np.where(allowed, np.exp(scores - now), 0.0)
        total = total * shrink + e.sum(axis=-1, keepdims=True)
        head = head * shrink + e @ V[:, :, block]
        largest = now
        blocks.append((scores, allowed))
    divisor = np.where(total > 0, total, 1.0)
    weights = np.concatenate(
        [np.where(a, np.exp(s - largest), 0.0) / divisor for s, a in blocks], axis=-1
    )
    output = np.concatenate(list((head / divisor).swapaxes(0, 1)), axis=-1) @ W_o
    return output, weights
