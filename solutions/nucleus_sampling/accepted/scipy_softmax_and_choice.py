"""SciPy's softmax twice, on logits masked with -inf, and Generator.choice.

uses: scipy
"""

import numpy as np
from scipy.special import softmax


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
    if temperature == 0:
        return np.eye(1, len(logits), int(logits.argmax()))[0]
    order = np.argsort(-logits, kind="stable")
    z = logits / temperature
    if top_k is not None:
        z[order[top_k:]] = -np.inf
    if top_p < 1:
        reached = np.cumsum(softmax(z)[order]) >= top_p
        z[order[int(reached.argmax()) + 1 :]] = -np.inf
    return softmax(z)


def sample(logits, size, *, temperature=1.0, top_k=None, top_p=1.0, seed=0):
    p = probabilities(logits, temperature=temperature, top_k=top_k, top_p=top_p)
    if size < 0:
        raise ValueError("size must not be negative")
    return np.random.default_rng(seed).choice(len(p), size=size, p=p)
