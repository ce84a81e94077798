"""Takes a top_p next to 1 for 1 (np.isclose), so that rare tokens stay; breaks "The shortest
beginning of this order whose probabilities sum to at least top_p stays".

verdict: wrong_answer
property: test_top_p_leaves_the_shortest_beginning_that_reaches_it
"""

import numpy as np


def _check(logits, temperature, top_k, top_p):
    logits = np.asarray(logits)
    if logits.ndim != 1 or logits.size == 0:
        raise ValueError("logits must have shape (V,)")
    if np.isnan(logits).any() or (logits == np.inf).any() or (logits == -np.inf).all():
        raise ValueError("logits must be finite or -inf, one of them finite")
    if temperature < 0:
        raise ValueError("temperature < 0")
    if top_k is not None and top_k < 1:
        raise ValueError("top_k < 1")
    if top_p <= 0 or top_p > 1:
        raise ValueError("top_p outside (0, 1]")
    return logits


def _softmax(x, temperature):
    x = x.astype(np.float64)
    p = np.exp((x - x.max()) / temperature)
    return p / p.sum()


def _order(logits):
    """Token numbers, the largest logit first, of equal ones the lower number first."""
    return np.argsort(-logits.astype(np.float64), kind="stable")


def probabilities(logits, *, temperature=1.0, top_k=None, top_p=1.0):
    logits = _check(logits, temperature, top_k, top_p)
    order = _order(logits)
    if temperature == 0:
        p = np.zeros(len(logits))
        p[order[0]] = 1.0
        return p
    p = _softmax(logits, temperature)
    if top_k is not None:
        p[order[top_k:]] = 0.0
        p /= p.sum()
    if not np.isclose(top_p, 1.0):  # 1 takes nothing away
        sums = np.cumsum(p[order])
        stay = np.searchsorted(sums, top_p, side="left") + 1
        p[order[stay:]] = 0.0
        p /= p.sum()
    return p


def sample(logits, size, *, temperature=1.0, top_k=None, top_p=1.0, seed=0):
    p = probabilities(logits, temperature=temperature, top_k=top_k, top_p=top_p)
    if size < 0:
        raise ValueError("size < 0")
    rng = np.random.default_rng(seed)
    tokens = np.flatnonzero(p)
    sums = np.cumsum(p[tokens])
    sums /= sums[-1]
    return tokens[np.searchsorted(sums, rng.random(size), side="right")]
