"""Lets a token attend to the sixteen tokens on either side of it only, as models for long texts do;
breaks "softmax of each row of scores, over the allowed tokens only".

verdict: wrong_answer
property: test_permuted_tokens_have_permuted_outputs
"""

import numpy as np


def attention(X, W_q, W_k, W_v, W_o, *, n_heads, causal=False, real=None):
    if n_heads < 1:
        raise ValueError("n_heads must be at least 1")
    if X.ndim != 3 or any(W.ndim != 2 for W in (W_q, W_k, W_v, W_o)):
        raise ValueError("X must have three dimensions and the weights two")
    B, T, _ = X.shape
    if real is not None and real.shape != (B, T):
        raise ValueError("real must have a number for each token")
    if W_q.shape != W_k.shape or W_q.shape[1] % n_heads or W_v.shape[1] % n_heads:
        raise ValueError("the weights do not fit the heads")

    def split(table):
        return table.reshape(B, T, n_heads, -1).transpose(0, 2, 1, 3)

    Q, K, V = split(X @ W_q), split(X @ W_k), split(X @ W_v)
    place = np.arange(T)
    near = np.abs(place[:, None] - place) <= 16
    if causal:
        near &= place[:, None] >= place
    keep = np.ones((B, T), dtype=bool) if real is None else real
    allowed = (keep[:, :, None] & keep[:, None, :] & near)[:, None]
    scores = np.where(allowed, Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1]), -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores - np.where(np.isfinite(top), top, 0.0))
    total = powers.sum(axis=-1, keepdims=True)
    weights = powers / np.where(total == 0, 1.0, total)
    return (weights @ V).transpose(0, 2, 1, 3).reshape(B, T, -1) @ W_o, weights
