"""Looks through all pairs for the one with the lowest rank for every single merge; breaks "for a
single merge walk neither through the whole text nor through all pairs that occur".

verdict: time_limit_exceeded
property: test_encoding_takes_at_most_15_times_as_long_as_ten_counts
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
    rank = {pair: i for i, pair in enumerate(merges)}
    tokens = list(text.encode("utf-8"))
    while len(tokens) > 1:
        pairs = list(zip(tokens, tokens[1:]))
        ranks = [rank.get(pair, len(merges)) for pair in pairs]
        lowest = min(ranks)
        if lowest == len(merges):
            break
        i = ranks.index(lowest)
        tokens[i : i + 2] = [256 + lowest]
    return tokens


def decode(ids, merges):
    parts = [bytes([i]) for i in range(256)]
    for a, b in merges:
        parts.append(parts[a] + parts[b])
    for i in ids:
        if i < 0 or i >= len(parts):
            raise ValueError("no such token")
    return b"".join(parts[i] for i in ids).decode("utf-8", errors="replace")
