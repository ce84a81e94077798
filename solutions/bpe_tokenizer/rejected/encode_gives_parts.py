"""Returns the bytes of the tokens; breaks "as a list of ints".

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
    rank = {pair: i for i, pair in enumerate(merges)}
    token = list(text.encode("utf-8"))
    n = len(token)
    before = list(range(-1, n - 1))
    after = list(range(1, n + 1))
    heap = []
    for i in range(n - 1):
        pair = token[i], token[i + 1]
        if pair in rank:
            heap.append((rank[pair], i))
    heapq.heapify(heap)
    while heap:
        r, i = heapq.heappop(heap)
        j = after[i]
        if j >= n or (token[i], token[j]) != merges[r]:
            continue
        token[i], token[j] = 256 + r, -1
        h, k = before[i], after[j]
        after[i] = k
        if k < n:
            before[k] = i
            pair = token[i], token[k]
            if pair in rank:
                heapq.heappush(heap, (rank[pair], i))
        if h >= 0:
            pair = token[h], token[i]
            if pair in rank:
                heapq.heappush(heap, (rank[pair], h))
    parts = [bytes([i]) for i in range(256)]
    for a, b in merges:
        parts.append(parts[a] + parts[b])
    return [parts[t] for t in token if t != -1]


def decode(ids, merges):
    parts = [bytes([i]) for i in range(256)]
    for a, b in merges:
        parts.append(parts[a] + parts[b])
    for i in ids:
        if i < 0 or i >= len(parts):
            raise ValueError("no such token")
    return b"".join(parts[i] for i in ids).decode("utf-8", errors="replace")
