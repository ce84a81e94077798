"""Applies each merge to the first place only.

verdict: wrong_answer
property: test_encoding_applies_the_merges_in_their_order
"""

import heapq


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("n_merges must not be negative")
    token, before, after = [], [], []
    for text in texts:
        data = text.encode("utf-8")
        start = len(token)
        token.extend(data)
        before.extend(range(start - 1, start + len(data) - 1))
        after.extend(range(start + 1, start + len(data) + 1))
        if data:
            before[start] = -1
            after[-1] = -1
    count = {}
    places = {}
    for i, j in enumerate(after):
        if j != -1:
            pair = token[i], token[j]
            count[pair] = count.get(pair, 0) + 1
            places.setdefault(pair, []).append(i)
    heap = [(-number, pair) for pair, number in count.items()]
    heapq.heapify(heap)
    merges = []
    while len(merges) < n_merges and heap:
        number, pair = heapq.heappop(heap)
        if -number != count[pair]:
            if count[pair] > 0:
                heapq.heappush(heap, (-count[pair], pair))
            continue
        if -number < 2:
            break
        new = 256 + len(merges)
        merges.append(pair)
        a, b = pair
        grown = set()
        for i in sorted(places.pop(pair)):
            j = after[i]
            if token[i] != a or j == -1 or token[j] != b:
                continue
            h, k = before[i], after[j]
            count[pair] -= 1
            token[i], token[j] = new, -1
            after[i] = k
            if k != -1:
                before[k] = i
                count[b, token[k]] -= 1
                right = new, token[k]
                count[right] = count.get(right, 0) + 1
                places.setdefault(right, []).append(i)
                grown.add(right)
            if h != -1:
                count[token[h], a] -= 1
                left = token[h], new
                count[left] = count.get(left, 0) + 1
                places.setdefault(left, []).append(h)
                grown.add(left)
        for pair in grown:
            heapq.heappush(heap, (-count[pair], pair))
    return merges


def encode(text, merges):
    # A string with a character for each token, so that str.replace applies a merge.
    tokens = text.encode().decode("latin-1")
    for i, (a, b) in enumerate(merges):
        tokens = tokens.replace(chr(a) + chr(b), chr(256 + i), 1)
    return [ord(token) for token in tokens]


def decode(ids, merges):
    table = {i: bytes([i]) for i in range(256)}
    for i, (a, b) in enumerate(merges):
        table[256 + i] = table[a] + table[b]
    if any(token not in table for token in ids):
        raise ValueError("unknown token")
    return b"".join(table[token] for token in ids).decode(errors="replace")
