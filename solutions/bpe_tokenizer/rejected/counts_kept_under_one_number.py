"""Counts a pair under a * 1024 + b, which two pairs share once there are tokens from 1,024 on; breaks
"Again and again it takes the pair of adjacent tokens that occurs most often".

verdict: wrong_answer
property: test_each_merge_is_of_a_pair_that_occurs_most_often
"""

import heapq


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("n_merges must not be negative")
    tok, prv, nxt = [], [], []
    for text in texts:
        data = text.encode("utf-8")
        start = len(tok)
        for k, byte in enumerate(data):
            tok.append(byte)
            prv.append(start + k - 1 if k else -1)
            nxt.append(start + k + 1 if k + 1 < len(data) else -1)
    count, places = {}, {}
    for i, j in enumerate(nxt):
        if j >= 0:
            pair = tok[i] * 1024 + tok[j]
            count[pair] = count.get(pair, 0) + 1
            places.setdefault(pair, set()).add(i)
    heap = [(-c, pair) for pair, c in count.items()]
    heapq.heapify(heap)

    def lower(pair, i):
        count[pair] -= 1
        places[pair].discard(i)

    def higher(pair, i, touched):
        count[pair] = count.get(pair, 0) + 1
        places.setdefault(pair, set()).add(i)
        touched.add(pair)

    merges = []
    while len(merges) < n_merges and heap:
        c, pair = heapq.heappop(heap)
        true = count[pair]
        if true != -c:
            if true >= 2:
                heapq.heappush(heap, (-true, pair))
            continue
        if true < 2:
            break
        new = 256 + len(merges)
        a, b = divmod(pair, 1024)
        merges.append((a, b))
        touched = set()
        for i in sorted(places[pair]):
            j = nxt[i]
            if tok[i] != a or j < 0 or tok[j] != b:
                continue
            h, k = prv[i], nxt[j]
            lower(pair, i)
            if h >= 0:
                lower(tok[h] * 1024 + a, h)
            if k >= 0:
                lower(b * 1024 + tok[k], j)
            tok[i] = new
            tok[j] = -1
            nxt[i] = k
            if k >= 0:
                prv[k] = i
                higher(new * 1024 + tok[k], i, touched)
            if h >= 0:
                higher(tok[h] * 1024 + new, h, touched)
        for p in touched:
            if count[p] >= 2:
                heapq.heappush(heap, (-count[p], p))
    return merges


def encode(text, merges):
    rank = {pair: i for i, pair in enumerate(merges)}
    tok = list(text.encode("utf-8"))
    n = len(tok)
    prv = list(range(-1, n - 1))
    nxt = list(range(1, n + 1))
    if n:
        nxt[-1] = -1
    heap = []
    for i in range(n - 1):
        r = rank.get((tok[i], tok[i + 1]))
        if r is not None:
            heap.append((r, i))
    heapq.heapify(heap)
    while heap:
        r, i = heapq.heappop(heap)
        a, b = merges[r]
        j = nxt[i]
        if tok[i] != a or j < 0 or tok[j] != b:
            continue
        k = nxt[j]
        tok[i] = 256 + r
        tok[j] = -1
        nxt[i] = k
        h = prv[i]
        if k >= 0:
            prv[k] = i
            s = rank.get((tok[i], tok[k]))
            if s is not None:
                heapq.heappush(heap, (s, i))
        if h >= 0:
            s = rank.get((tok[h], tok[i]))
            if s is not None:
                heapq.heappush(heap, (s, h))
    return [t for t in tok if t >= 0]


def decode(ids, merges):
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    for i in ids:
        if not 0 <= i < len(table):
            raise ValueError(f"no token: {i}")
    return b"".join([table[i] for i in ids]).decode("utf-8", errors="replace")
