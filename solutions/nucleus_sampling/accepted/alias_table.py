"""Sorts by (logit, number) with lexsort, walks the order for top-p, and draws with the
alias table of Walker and Vose: two random numbers a draw, no search."""

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


def probabilities(logits, *, temperature=1.0, top_k=None, top_p=1.0):
    logits = np.asarray(logits, dtype=np.float64)
    check(logits, temperature, top_k, top_p)
    V = len(logits)
    order = np.lexsort((np.arange(V), -logits))
    if temperature == 0:
        return np.where(np.arange(V) == order[0], 1.0, 0.0)
    p = np.exp((logits - logits[order[0]]) / temperature)
    k = V if top_k is None else min(top_k, V)
    p[order[k:]] = 0.0
    p /= p.sum()
    if top_p < 1:
        mass = 0.0
        for position, token in enumerate(order):
            mass += p[token]
            if mass >= top_p:
                p[order[position + 1 :]] = 0.0
                break
    return p / p.sum()


def alias_table(p):
    n = len(p)
    scaled = (p * n / p.sum()).tolist()
    keep = [1.0] * n
    other = list(range(n))
    small = [i for i in range(n) if scaled[i] < 1]
    large = [i for i in range(n) if scaled[i] >= 1]
    while small and large:
        s, g = small.pop(), large.pop()
        keep[s], other[s] = scaled[s], g
        scaled[g] -= 1.0 - scaled[s]
        (small if scaled[g] < 1 else large).append(g)
    return np.array(keep), np.array(other)


def sample(logits, size, *, temperature=1.0, top_k=None, top_p=1.0, seed=0):
    p = probabilities(logits, temperature=temperature, top_k=top_k, top_p=top_p)
    if size < 0:
        raise ValueError("size must not be negative")
    tokens = np.flatnonzero(p)
    keep, other = alias_table(p[tokens])
    rng = np.random.Generator(np.random.PCG64(seed))
    slot = rng.integers(len(tokens), size=size)
    return tokens[np.where(rng.random(size) < keep[slot], slot, other[slot])]
