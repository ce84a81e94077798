"""Top-k by a partition and the first of the equal logits at its edge; the draws are multinomial
counts, repeated and shuffled, which is the same as independent draws."""

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
    logits = np.array(logits, dtype=np.float64)
    check(logits, temperature, top_k, top_p)
    V = len(logits)
    if temperature == 0:
        top_k, temperature = 1, 1.0
    stays = np.isfinite(logits)
    if top_k is not None and top_k < V:
        edge = np.partition(logits, V - top_k)[V - top_k]
        above = logits > edge
        at_edge = np.flatnonzero(logits == edge)[: top_k - above.sum()]
        mask = above.copy()
        mask[at_edge] = True
        stays &= mask
    p = np.zeros(V)
    p[stays] = np.exp((logits[stays] - logits.max()) / temperature)
    p /= p.sum()
    if top_p < 1:
        tokens = np.flatnonzero(stays)
        tokens = tokens[np.argsort(-logits[tokens], kind="mergesort")]
        before = np.cumsum(p[tokens]) - p[tokens]
        p[tokens[before >= top_p]] = 0.0
        p /= p.sum()
    return p


def sample(logits, size, *, temperature=1.0, top_k=None, top_p=1.0, seed=0):
    p = probabilities(logits, temperature=temperature, top_k=top_k, top_p=top_p)
    if size < 0:
        raise ValueError("size must not be negative")
    rng = np.random.default_rng([seed, 17])
    tokens = np.flatnonzero(p)
    counts = rng.multinomial(size, p[tokens] / p[tokens].sum())
    return rng.permutation(np.repeat(tokens, counts)).astype(np.int32)
