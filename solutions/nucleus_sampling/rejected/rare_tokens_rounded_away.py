"""Draws from a table of 500 places, so that tokens with less than 1/500 are never drawn; breaks
"draws from the distribution that `probabilities` gives".

verdict: wrong_answer
property: test_the_draws_follow_the_probabilities
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
    p = probabilities(logits, temperature=temperature, top_k=top_k, top_p=top_p)
    if size < 0:
        raise ValueError("size must not be negative")
    places = np.floor(p * 500).astype(int)
    # what rounding has left over goes to the likeliest token
    places[np.argmax(p)] += 500 - places.sum()
    table = np.repeat(np.arange(len(p)), places)
    return np.random.default_rng(seed).choice(table, size)
