"""Index notation (einsum) throughout, and the softmax as exp(score - log of the sum of exp)."""

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
    B, T, d = X.shape
    split = [W.reshape(W.shape[0], n_heads, -1) for W in (W_q, W_k, W_v)]
    Q, K, V = (np.einsum("btd,dhk->bhtk", X, W, optimize=True) for W in split)
    scores = np.einsum("bhik,bhjk->bhij", Q, K, optimize=True) * Q.shape[-1] ** -0.5
    allowed = np.full((B, T, T), True)
    if real is not None:
        allowed = np.einsum("bi,bj->bij", real, real)
    if causal:
        i, j = np.ogrid[:T, :T]
        allowed = allowed & (j <= i)
    bias = np.where(allowed, 0.0, -np.inf)[:, None]
    best = np.max(scores + bias, axis=3, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        scores = scores - best + bias
        log_sum = np.log(np.exp(scores).sum(axis=3, keepdims=True))
        weights = np.exp(scores - log_sum)
    weights = np.where(allowed[:, None], weights, 0.0)
    W_heads = W_o.reshape(n_heads, -1, W_o.shape[1])
    heads = np.einsum("bhij,bhjv->bhiv", weights, V, optimize=True)
    return np.einsum("bhiv,hvm->bim", heads, W_heads, optimize=True), weights
