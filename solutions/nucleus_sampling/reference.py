"""One stable sort; both cuts are prefixes of it, and draws are looked up in the running sums."""

import numpy as np


def probabilities(logits, *, temperature=1.0, top_k=None, top_p=1.0):
    logits = np.array(logits, dtype=np.float64)
    _check(logits, temperature, top_k, top_p)

    # Stable on the negated logits, so that of equal ones the lower number comes first.
    order = np.argsort(-logits, kind="stable")
    if temperature == 0:
        kept = np.ones(1)
    else:
        # The largest logit is taken off before the division: no exponent is above 0.
        kept = np.exp((logits[order] - logits[order[0]]) / temperature)[:top_k]
        kept /= kept.sum()
        if top_p < 1:  # the rounded sums of all tokens may stay below 1
            kept = kept[: np.searchsorted(np.cumsum(kept), top_p) + 1]
            kept /= kept.sum()

    p = np.zeros(len(logits))
    p[order[: len(kept)]] = kept
    return p


def sample(logits, size, *, temperature=1.0, top_k=None, top_p=1.0, seed=0):
    if size < 0:
        raise ValueError(f"size must not be negative: {size}")
    p = probabilities(logits, temperature=temperature, top_k=top_k, top_p=top_p)
    # Only tokens that can be drawn. The last one takes whatever lies above the other sums, so that
    # no draw falls beyond them, however the sum of all is rounded.
    tokens = np.flatnonzero(p)
    sums = np.cumsum(p[tokens])[:-1]
    draws = np.random.default_rng(seed).random(size)
    return tokens[np.searchsorted(sums, draws)]


def _check(logits, temperature, top_k, top_p):
    if temperature < 0:
        raise ValueError(f"temperature must not be negative: {temperature}")
    if top_k is not None and top_k < 1:
        raise ValueError(f"top_k must be at least 1, not {top_k}")
    if not 0 < top_p <= 1:
        raise ValueError(f"top_p must be above 0 and at most 1, not {top_p}")
    if logits.ndim != 1 or not len(logits):
        raise ValueError(f"logits must be of shape (V,), not {logits.shape}")
    if np.isnan(logits).any() or not np.isfinite(logits.max()):
        raise ValueError("logits must hold a finite number, and neither NaN nor +inf")
