"""After a merge looks at the pair behind the next token, so that of two neighbours only one is merged.

verdict: wrong_answer
property: test_encoding_applies_the_merges_in_their_order
"""

from collections import Counter


def merge(tokens, pair, new):
    result = []
    i = 0
    while i < len(tokens):
        if i + 1 < len(tokens) and (tokens[i], tokens[i + 1]) == pair:
            result.append(new)
            i += 2
        else:
            result.append(tokens[i])
            i += 1
    return result


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("n_merges must be at least 0")
    sequences = [list(text.encode()) for text in texts]
    merges = []
    while len(merges) < n_merges:
        counts = Counter()
        for tokens in sequences:
            counts.update(zip(tokens, tokens[1:]))
        if not counts:
            break
        pair = min(counts, key=lambda pair: (-counts[pair], pair))
        if counts[pair] < 2:
            break
        sequences = [merge(tokens, pair, 256 + len(merges)) for tokens in sequences]
        merges.append(pair)
    return merges


def encode(text, merges):
    tokens = list(text.encode())
    if len(merges) == 0:
        return tokens
    i, (pair, new) = 0, (merges[0], 256)
    result = []
    while i < len(tokens):
        if (*tokens[i : i + 2],) == pair:
            result += [new, *tokens[i + 2 : i + 3]]
            i += 3
        else:
            result.append(tokens[i])
            i += 1
    tokens, merges = result, merges
    for i, pair in enumerate(merges):
        tokens = merge(tokens, pair, 256 + i)
    return tokens


def decode(ids, merges):
    table = {i: bytes([i]) for i in range(256)}
    for i, (a, b) in enumerate(merges):
        table[256 + i] = table[a] + table[b]
    if any(token not in table for token in ids):
        raise ValueError("unknown token")
    return b"".join(table[token] for token in ids).decode(errors="replace")
