"""Plain Python: sorted pairs, loops and math.fsum; random.Random draws by cumulative weights."""

import math
import random
from itertools import accumulate

import numpy as np


def probabilities(logits, *, temperature=1.0, top_k=None, top_p=1.0):
    if np.ndim(logits) != 1 or len(logits) == 0:
        raise ValueError("logits must be a vector with at least one number")
    numbers = [float(x) for x in logits.tolist()]
    if any(math.isnan(x) or x == math.inf for x in numbers):
        raise ValueError("NaN or +inf in logits")
    best = max(numbers)
    if best == -math.inf:
        raise ValueError("all logits are -inf")
    if temperature < 0 or not 0 < top_p <= 1 or (top_k is not None and top_k < 1):
        raise ValueError("temperature, top_k or top_p out of range")
    answer = [0.0] * len(numbers)
    if temperature == 0:
        answer[numbers.index(best)] = 1.0
        return np.array(answer)
    ranked = sorted(range(len(numbers)), key=numbers.__getitem__, reverse=True)
    ranked = ranked[:top_k]
    weights = [math.exp((numbers[t] - best) / temperature) for t in ranked]
    if top_p < 1:
        goal = top_p * math.fsum(weights)
        running = 0.0
        for count, weight in enumerate(weights, start=1):
            running += weight
            if running >= goal:
                break
        weights = weights[:count]
    total = math.fsum(weights)
    for token, weight in zip(ranked, weights):
        answer[token] = weight / total
    return np.array(answer)


def sample(logits, size, *, temperature=1.0, top_k=None, top_p=1.0, seed=0):
    p = probabilities(logits, temperature=temperature, top_k=top_k, top_p=top_p)
    if size < 0:
        raise ValueError("size must be 0 or more")
    chances = p.tolist()
    tokens = [token for token, chance in enumerate(chances) if chance > 0]
    sums = list(accumulate(chances[token] for token in tokens))
    draws = random.Random(seed).choices(tokens, cum_weights=sums, k=size)
    return np.array(draws, dtype=np.int64)
