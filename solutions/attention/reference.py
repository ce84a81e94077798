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

    # A row of padding has no score to take off: 0 instead of -inf, since inf - inf is NaN.
    top = np.where(allowed.any(axis=2)[:, None, :, None], scores.max(axis=3, keepdims=True), 0.0)
    powers = np.exp(scores - top)
    total = powers.sum(axis=3, keepdims=True)
    weights = powers / np.where(total > 0, total, 1.0)

    heads = weights @ V
    return heads.transpose(0, 2, 1, 3).reshape(B, T, -1) @ W_o, weights


def _split(table, n_heads):
    """(B, T, H * width) as (B, H, T, width)."""
    B, T, columns = table.shape
    return table.reshape(B, T, n_heads, columns // n_heads).transpose(0, 2, 1, 3)


def _check(X, W_q, W_k, W_v, W_o, n_heads, real):
    if n_heads < 1:
        raise ValueError(f"n_heads must be at least 1, not {n_heads}")
    if X.ndim != 3:
        raise ValueError(f"X must have three dimensions, not {X.ndim}")
    for name, W in {"W_q": W_q, "W_k": W_k, "W_v": W_v, "W_o": W_o}.items():
        if W.ndim != 2:
            raise ValueError(f"{name} must have two dimensions, not {W.ndim}")
    for name, W in {"W_q": W_q, "W_k": W_k, "W_v": W_v}.items():
        if len(W) != X.shape[2]:
            raise ValueError(f"{name} must have a row for each of the {X.shape[2]} columns of X")
        if W.shape[1] % n_heads:
            raise ValueError(f"the columns of {name} do not divide among {n_heads} heads")
    if W_q.shape[1] != W_k.shape[1]:
        raise ValueError("W_q and W_k must have equally many columns")
    if len(W_o) != W_v.shape[1]:
        raise ValueError("W_o must have a row for each column of W_v")
    if real is not None and real.shape != X.shape[:2]:
        raise ValueError(f"real must have the shape {X.shape[:2]}, not {real.shape}")
