"""Returns an empty array for size 0 before it looks at the other arguments; breaks "Both functions
raise ValueError when temperature < 0, when top_k < 1".

verdict: wrong_answer
property: test_impossible_arguments_are_refused
"""

import numpy as np


def check(logits, temperature, top_k, top_p):
    if logits.ndim != 1 or logits.size == 0:
        raise ValueError("logits must have the shape (V,), V >= 1")
    if np.isnan(logits).any() or (logits == np.inf).any():
        raise ValueError("logits hold a NaN or an infinity")
    if (logits == -np.inf).all():
        raise ValueError("no token can be drawn")
    if temperature < 0:
        raise ValueError("temperature must not be negative")
    if top_k is not None and top_k < 1:
        raise ValueError("top_k must be at least 1")
    if not 0 < top_p <= 1:
        raise ValueError("top_p must be above 0 and at most 1")


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def probabilities(logits, *, temperature=1.0, top_k=None, top_p=1.0):
    logits = np.asarray(logits, dtype=float)
    check(logits, temperature, top_k, top_p)
    p = np.zeros(len(logits))
    if temperature == 0:
        p[np.argmax(logits)] = 1.0
        return p
    ranked = np.argsort(-logits, kind="stable")
    if top_k is not None:
        ranked = ranked[:top_k]
    kept = softmax(logits[ranked] / temperature)
    if top_p < 1:
        count = np.searchsorted(np.cumsum(kept), top_p) + 1
        ranked, kept = ranked[:count], kept[:count]
    p[ranked] = kept / kept.sum()
    return p


def sample(logits, size, *, temperature=1.0, top_k=None, top_p=1.0, seed=0):
    if size < 0:
        raise ValueError("size must not be negative")
    if size == 0:
        return np.empty(0, dtype=int)
    p = probabilities(logits, temperature=temperature, top_k=top_k, top_p=top_p)
    tokens = np.flatnonzero(p)
    sums = np.cumsum(p[tokens])
    u = np.random.default_rng(seed).random(size) * sums[-1]
    found = np.searchsorted(sums, u, side="right")
    return tokens[np.minimum(found, len(tokens) - 1)]
