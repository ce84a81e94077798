"""Ignores columns of W_k that W_q has none for; breaks "ValueError when ... W_q and W_k differ in
it".

verdict: wrong_answer
property: test_arguments_that_do_not_fit_are_refused
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
    if W_o.shape[0] != W_v.shape[1]:
        raise ValueError("W_o must have a row for each column of W_v")
    if real is not None and real.shape != (B, T):
        raise ValueError("real must have the shape (B, T)")


def attention(X, W_q, W_k, W_v, W_o, *, n_heads, causal=False, real=None):
    check(X, W_q, W_k, W_v, W_o, n_heads, real)
    B, T, _ = X.shape
    d_k = W_q.shape[1] // n_heads
    d_v = W_v.shape[1] // n_heads
    if real is None:
        real = np.ones((B, T), dtype=bool)
    weights = np.zeros((B, n_heads, T, T))
    output = np.zeros((B, T, W_o.shape[1]))
    for b in range(B):
        Q, K, V = X[b] @ W_q, X[b] @ W_k, X[b] @ W_v
        allowed = np.outer(real[b], real[b])
        if causal:
            allowed = np.tril(allowed)
        for h in range(n_heads):
            Q_h = Q[:, h * d_k : (h + 1) * d_k]
            K_h = K[:, h * d_k : (h + 1) * d_k]
            V_h = V[:, h * d_v : (h + 1) * d_v]
            scores = Q_h @ K_h.T / np.sqrt(d_k)
            scores[~allowed] = -np.inf
            scores[~real[b]] = 0.0
            scores -= scores.max(axis=1, keepdims=True)
            w = np.exp(scores) * allowed
            w /= np.maximum(w.sum(axis=1, keepdims=True), 1e-300)
            weights[b, h] = w
            output[b] += w @ V_h @ W_o[h * d_v : (h + 1) * d_v]
    return output, weights
