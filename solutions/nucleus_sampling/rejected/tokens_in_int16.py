"""Returns the tokens as int16, which wraps around in vocabularies of more than 32,768; breaks "No
token of probability 0 is ever drawn".

verdict: wrong_answer
property: test_only_tokens_that_stay_are_drawn
"""

import numpy as np


def _check(logits, temperature, top_k, top_p):
    x = np.asarray(logits)
    if x.ndim != 1 or x.size == 0:
        raise ValueError("logits must have shape (V,)")
    x = x.astype(np.float64)
    if np.isnan(x).any() or (x == np.inf).any() or (x == -np.inf).all():
        raise ValueError("bad logits")
    if not temperature >= 0:
        raise ValueError("temperature")
    if top_k is not None and top_k < 1:
        raise ValueError("top_k")
    if not 0 < top_p <= 1:
        raise ValueError("top_p")
    return x


def probabilities(logits, *, temperature=1.0, top_k=None, top_p=1.0):
    x = _check(logits, temperature, top_k, top_p)
    out = np.zeros(len(x))
    if temperature == 0:
        out[np.argmax(x)] = 1.0
        return out
    order = np.argsort(-x, kind="stable")
    if top_k is not None:
        order = order[:top_k]
    z = x[order]
    w = np.exp((z - z[0]) / temperature)
    if top_p < 1:
        c = np.cumsum(w / w.sum())
        keep = int(np.searchsorted(c, top_p, side="left")) + 1
        order, w = order[:keep], w[:keep]
    out[order] = w / w.sum()
    return out


def sample(logits, size, *, temperature=1.0, top_k=None, top_p=1.0, seed=0):
    p = probabilities(logits, temperature=temperature, top_k=top_k, top_p=top_p)
    if size < 0:
        raise ValueError("size")
    tokens = np.flatnonzero(p)
    c = np.cumsum(p[tokens])
    u = np.random.default_rng(seed).random(size) * c[-1]
    return tokens[np.minimum(np.searchsorted(c, u, side="right"), len(tokens) - 1)].astype(np.int16)
