"""Works in blocks of 128 tokens, each of which gets the causal mask of the first; breaks "Token i
may attend to token j if both are real and, with causal=True, j <= i".

verdict: wrong_answer
property: test_the_weights_are_the_softmax_of_the_allowed_scores
"""

import numpy as np


def attention(X, W_q, W_k, W_v, W_o, *, n_heads, causal=False, real=None):
    if n_heads < 1:
        raise ValueError("n_heads must be at least 1")
    if X.ndim != 3 or any(W.ndim != 2 for W in (W_q, W_k, W_v, W_o)):
        raise ValueError("wrong number of dimensions")
    B, T, d = X.shape
    H = n_heads
    if any(W.shape[1] % H for W in (W_q, W_k, W_v)):
        raise ValueError("columns must be a multiple of n_heads")
    if W_q.shape[1] != W_k.shape[1]:
        raise ValueError("W_q and W_k differ")
    if any(W.shape[0] != d for W in (W_q, W_k, W_v)) or W_o.shape[0] != W_v.shape[1]:
        raise ValueError("rows do not fit")
    if real is not None and real.shape != (B, T):
        raise ValueError("real must be (B, T)")
    d_k, d_v = W_q.shape[1] // H, W_v.shape[1] // H
    Q = (X @ W_q).reshape(B, T, H, d_k).transpose(0, 2, 1, 3)
    K = (X @ W_k).reshape(B, T, H, d_k).transpose(0, 2, 1, 3)
    V = (X @ W_v).reshape(B, T, H, d_v).transpose(0, 2, 1, 3)
    keep = np.ones((B, T), dtype=bool) if real is None else real
    weights = np.zeros((B, H, T, T))
    block = 128
    for start in range(0, T, block):
        rows = slice(start, min(start + block, T))
        scores = Q[:, :, rows] @ K.transpose(0, 1, 3, 2) / np.sqrt(d_k)
        allowed = keep[:, None, rows, None] & keep[:, None, None, :]
        if causal:
            allowed = allowed & np.tri(scores.shape[2], T, dtype=bool)
        scores = np.where(allowed, scores, -np.inf)
        top = scores.max(axis=-1, keepdims=True)
        e = np.exp(scores - np.where(np.isfinite(top), top, 0.0))
        total = e.sum(axis=-1, keepdims=True)
        weights[:, :, rows] = e / np.where(total > 0, total, 1.0)
    heads = (weights @ V).transpose(0, 2, 1, 3).reshape(B, T, H * d_v)
    return heads @ W_o, weights
