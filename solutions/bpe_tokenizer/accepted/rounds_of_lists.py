"""Encodes with one list of places for each merge, sorted only when its turn comes, and decodes
with the bytes of those tokens only that occur.
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
    rank = {}
    for i, pair in enumerate(merges):
        rank[pair] = i
    token = list(text.encode("utf-8"))
    before = [i - 1 for i in range(len(token))]
    after = [i + 1 for i in range(len(token))] + [0]
    end = len(token)
    token.append(-1)
    waiting = {}
    for i in range(end):
        r = rank.get((token[i], token[i + 1]))
        if r is not None:
            waiting.setdefault(r, []).append(i)
    for r in range(len(merges)):
        if r not in waiting:
            continue
        a, b = merges[r]
        for i in sorted(waiting.pop(r)):
            j = after[i]
            if i == end or token[i] != a or token[j] != b:
                continue
            token[i], token[j] = 256 + r, -2
            after[i] = after[j]
            if after[i] < end:
                before[after[i]] = i
            for k in (before[i], i):
                if k >= 0 and after[k] < end:
                    s = rank.get((token[k], token[after[k]]))
                    if s is not None:
                        waiting.setdefault(s, []).append(k)
    return [t for t in token if t >= 0]


def decode(ids, merges):
    if ids and (min(ids) < 0 or max(ids) > 255 + len(merges)):
        raise ValueError("an id is no token")
    known = {}
    for top in set(ids):
        todo = [top]
        while todo:
            t = todo[-1]
            if t < 256:
                known[t] = bytes([t])
            elif t not in known:
                missing = [part for part in merges[t - 256] if part not in known]
                if missing:
                    todo += missing
                    continue
                known[t] = known[merges[t - 256][0]] + known[merges[t - 256][1]]
            todo.pop()
    return str(b"".join(map(known.__getitem__, ids)), "utf-8", "replace")
