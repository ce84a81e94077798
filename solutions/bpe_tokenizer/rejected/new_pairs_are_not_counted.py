"""Keeps the counts of the first round, so that no pair with a new token is ever merged.

verdict: wrong_answer
property: test_each_merge_is_of_a_pair_that_occurs_most_often
"""

from collections import Counter


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("n_merges must be at least 0")
    sequences = [list(text.encode()) for text in texts]
    merges = []
    counts = Counter()
    for tokens in sequences:
        counts.update(zip(tokens, tokens[1:]))
    while len(merges) < n_merges:
        if not counts:
            break
        pair = min(counts, key=lambda pair: (-counts[pair], pair))
        if counts[pair] < 2:
            break
        merges.append(pair)
        del counts[pair]
    return merges


def encode(text, merges):
    # A string with a character for each token, so that str.replace applies a merge.
    tokens = text.encode().decode("latin-1")
    for i, (a, b) in enumerate(merges):
        tokens = tokens.replace(chr(a) + chr(b), chr(256 + i))
    return [ord(token) for token in tokens]


def decode(ids, merges):
    table = {i: bytes([i]) for i in range(256)}
    for i, (a, b) in enumerate(merges):
        table[256 + i] = table[a] + table[b]
    if any(token not in table for token in ids):
        raise ValueError("unknown token")
    return b"".join(table[token] for token in ids).decode(errors="replace")
