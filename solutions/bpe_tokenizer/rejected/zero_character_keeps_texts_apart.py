"""Joins the texts by a zero character and counts no pair that holds one, so that the zeros of a
text are never merged; breaks "all of Unicode, the empty text, control characters".

verdict: wrong_answer
property: test_training_goes_on_until_no_pair_occurs_twice
"""

import heapq


def _pairs_at(s, where, wall):
    d = {}
    for x in where:
        if 0 <= x < len(s) - 1 and s[x] != wall and s[x + 1] != wall:
            p = s[x : x + 2]
            d[p] = d.get(p, 0) + 1
    return d


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("negative number of merges")
    wall = "\0"
    s = wall.join(t.encode("utf-8").decode("latin-1") for t in texts)
    count = _pairs_at(s, range(len(s)), wall)
    heap = [(-c, p) for p, c in count.items()]
    heapq.heapify(heap)
    merges = []
    while heap and len(merges) < n_merges:
        c, p = heapq.heappop(heap)
        now = count.get(p, 0)
        if now != -c:
            if now:
                heapq.heappush(heap, (-now, p))
            continue
        if now < 2:
            break
        hits = []
        x = s.find(p)
        while x >= 0:
            hits.append(x)
            x = s.find(p, x + 2)
        new = chr(256 + len(merges))
        for q, k in _pairs_at(s, {y + d for y in hits for d in (-1, 0, 1)}, wall).items():
            count[q] -= k
        s = s.replace(p, new)
        fresh = _pairs_at(s, {y - r + d for r, y in enumerate(hits) for d in (-1, 0)}, wall)
        for q, k in fresh.items():
            count[q] = count.get(q, 0) + k
            heapq.heappush(heap, (-count[q], q))
        merges.append((ord(p[0]), ord(p[1])))
    return merges


def encode(text, merges):
    s = text.encode("utf-8").decode("latin-1")
    for i, (a, b) in enumerate(merges):
        s = s.replace(chr(a) + chr(b), chr(256 + i))
    return list(map(ord, s))


def decode(ids, merges):
    top = 256 + len(merges)
    if len(ids) and (min(ids) < 0 or max(ids) >= top):
        raise ValueError("not a token")
    table = {i: bytes([i]) for i in range(256)}
    for i, (a, b) in enumerate(merges, 256):
        table[i] = table[a] + table[b]
    return str(b"".join(table[i] for i in ids), "utf-8", "replace")
