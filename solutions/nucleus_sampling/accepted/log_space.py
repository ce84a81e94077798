"""Keeps logarithms until the end: log-softmax, running sums by logaddexp, and draws that look up
the logarithm of a uniform number."""

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


def kept_log_probabilities(logits, temperature, top_k, top_p):
    logits = np.asarray(logits).astype(np.float64)
    check(logits, temperature, top_k, top_p)
    order = np.array(sorted(range(len(logits)), key=logits.__getitem__, reverse=True))
    order = order[logits[order] > -np.inf][:top_k]
    if temperature == 0:
        return order[:1], np.zeros(1)
    logp = (logits[order] - logits[order[0]]) / temperature
    logp -= np.logaddexp.reduce(logp)
    if top_p < 1:
        n = int(np.argmax(np.logaddexp.accumulate(logp) >= np.log(top_p))) + 1
        order, logp = order[:n], logp[:n]
        logp = logp - np.logaddexp.reduce(logp)
    return order, logp


def probabilities(logits, *, temperature=1.0, top_k=None, top_p=1.0):
    tokens, logp = kept_log_probabilities(logits, temperature, top_k, top_p)
    p = np.zeros(len(logits))
    p[tokens] = np.exp(logp)
    return p


def sample(logits, size, *, temperature=1.0, top_k=None, top_p=1.0, seed=0):
    if size < 0:
        raise ValueError("size must not be negative")
    tokens, logp = kept_log_probabilities(logits, temperature, top_k, top_p)
    tokens, logp = tokens[np.exp(logp) > 0], logp[np.exp(logp) > 0]
    u = 1.0 - np.random.RandomState(seed).random_sample(size)
    place = np.searchsorted(np.logaddexp.accumulate(logp)[:-1], np.log(u))
    return tokens[place]
