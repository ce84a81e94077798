"""Takes the real tokens out of each sequence, computes with these alone and puts the results back
where they belong, so that padding never enters a sum."""

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


def softmax_rows(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def attention(X, W_q, W_k, W_v, W_o, *, n_heads, causal=False, real=None):
    check(X, W_q, W_k, W_v, W_o, n_heads, real)
    B, T, _ = X.shape
    weights = np.zeros((B, n_heads, T, T))
    output = np.zeros((B, T, W_o.shape[1]))
    for b in range(B):
        where = np.arange(T) if real is None else np.flatnonzero(real[b])
        if where.size == 0:
            continue
        x = X[b, where]
        future = np.triu_indices(len(where), k=1)
        heads = []
        for h, (wq, wk, wv) in enumerate(
            zip(*(np.split(W, n_heads, axis=1) for W in (W_q, W_k, W_v)))
        ):
            scores = (x @ wq) @ (x @ wk).T / wq.shape[1] ** 0.5
            if causal:
                scores[future] = -np.inf
            w = softmax_rows(scores)
            weights[b, h][np.ix_(where, where)] = w
            heads.append(w @ (x @ wv))
        output[b, where] = np.concatenate(heads, axis=1) @ W_o
    return output, weights
