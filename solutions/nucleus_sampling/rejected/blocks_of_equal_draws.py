"""Draws in blocks of 4,096, each from a generator with the same seed, so that the first block comes
again and again; breaks "independent draws".

verdict: wrong_answer
property: test_each_draw_is_independent_of_the_one_before
"""

import numpy as np


def _check(logits, temperature, top_k, top_p):
    x = np.array(logits, dtype=np.float64)
    if x.ndim != 1 or x.size == 0:
        raise ValueError("logits must have shape (V,) with V >= 1")
    if np.isnan(x).any() or (x == np.inf).any() or not np.isfinite(x).any():
        raise ValueError("logits must be finite or -inf, and not all -inf")
    if temperature < 0:
        raise ValueError("temperature must not be negative")
    if top_k is not None and top_k < 1:
        raise ValueError("top_k must be at least 1")
    if not 0 < top_p <= 1:
        raise ValueError("top_p must be above 0 and at most 1")
    return x


def probabilities(logits, *, temperature=1.0, top_k=None, top_p=1.0):
    x = _check(logits, temperature, top_k, top_p)
    out = np.zeros(x.size)
    if temperature == 0:
        out[np.argmax(x)] = 1.0
        return out
    order = np.argsort(-x, kind="stable")
    p = np.exp((x[order] - x[order[0]]) / temperature)
    p /= p.sum()
    if top_k is not None and top_k < x.size:
        p = p[:top_k]
        p /= p.sum()
    if top_p < 1:
        n = int(np.searchsorted(np.cumsum(p), top_p)) + 1
        p = p[:n]
        p /= p.sum()
    out[order[: p.size]] = p
    return out


def sample(logits, size, *, temperature=1.0, top_k=None, top_p=1.0, seed=0):
    p = probabilities(logits, temperature=temperature, top_k=top_k, top_p=top_p)
    if size < 0:
        raise ValueError("size must not be negative")
    tokens = np.flatnonzero(p)
    sums = np.cumsum(p[tokens])
    u = (
        np.concatenate(
            [np.random.default_rng(seed).random(min(4096, size - i)) for i in range(0, size, 4096)]
            or [np.zeros(0)]
        )
        * sums[-1]
    )
    k = np.minimum(np.searchsorted(sums, u, side="right"), tokens.size - 1)
    return tokens[k]
