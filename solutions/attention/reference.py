"""All heads of all sequences at once; masked scores are minus infinity before the softmax."""

import numpy as np


def attention(X, W_q, W_k, W_v, W_o, *, n_heads, causal=False, real=None):
    _check(X, W_q, W_k, W_v, W_o, n_heads, real)
    B, T, _ = X.shape

    Q, K, V = (_split(X @ W, n_heads) for W in (W_q, W_k, W_v))
    scores = Q @ K.swapaxes(2, 3) / np.sqrt(Q.shape[3])

    allowed = np.ones((B, T, T), dtype=bool) if real is None else real[:, :, None] & real[:, None]
    if causal:
        allowed = allowed & np.tri(T, dtype=bool)
    # exp(-inf) is exactly 0; any large negative number would be less than some real score.
    scores = np.where(allowed[:, None], scores, -np.inf)

    # A row of padding has -inf for its maximum, and inf - inf is NaN: take off something finite,
    # which nan_to_num makes of it.
    top = np.nan_to_num(scores.max(axis=3, keepdims=True))
    powers = np.exp(scores - top)
    # The largest power of a row is 1. Only rows of padding sum to less: they are 0, and stay so.
    weights = powers / np.maximum(powers.sum(axis=3, keepdims=True), 1.0)

    heads = weights @ V
    return heads.transpose(0, 2, 1, 3).reshape(B, T, len(W_o)) @ W_o, weights


def _split(table, n_heads):
    """(B, T, H * width) as (B, H, T, width)."""
    B, T, columns = table.shape
    return table.reshape(B, T, n_heads, columns // n_heads).transpose(0, 2, 1, 3)


def _check(X, W_q, W_k, W_v, W_o, n_heads, real):
    if n_heads < 1:
        raise ValueError(f"n_heads must be at least 1, not {n_heads}")
    if X.ndim != 3:
        raise ValueError(f"X must have three dimensions, not {X.ndim}")
    for W in (W_q, W_k, W_v, W_o):
        if W.ndim != 2:
            raise ValueError(f"W_q, W_k, W_v and W_o must have two dimensions, not {W.ndim}")
    for W in (W_q, W_k, W_v):
        if len(W) != X.shape[2]:
            raise ValueError("W_q, W_k and W_v must have a row for each column of X")
        if W.shape[1] % n_heads:
            raise ValueError("the columns of W_q, W_k and W_v must divide among the heads")
    if W_q.shape[1] != W_k.shape[1]:
        raise ValueError("W_q and W_k must have equally many columns")
    if len(W_o) != W_v.shape[1]:
        raise ValueError("W_o must have a row for each column of W_v")
    if real is not None and real.shape != X.shape[:2]:
        raise ValueError(f"real must have the shape {X.shape[:2]}, not {real.shape}")
