"""Keeps its answers, and hands out the same list again; breaks "may overwrite what is returned".

verdict: wrong_answer
property: test_arguments_are_left_unchanged
"""

import heapq

_seen = {}


def train(texts: list[str], n_merges: int) -> list[tuple[int, int]]:
    """Return up to n_merges merges, in the order in which they were made."""
    if n_merges < 0:
        raise ValueError("n_merges is less than 0")
    token, before, after = [], [], []
    for text in texts:
        data = text.encode("utf-8")
        start, n = len(token), len(data)
        token.extend(data)
        before.extend(range(start - 1, start + n - 1))
        after.extend(range(start + 1, start + n + 1))
        if n:
            before[start] = -1
            after[-1] = -1
    places = {}
    for i, j in enumerate(after):
        if j >= 0:
            places.setdefault((token[i], token[j]), set()).add(i)
    heap = [(-len(where), pair) for pair, where in places.items()]
    heapq.heapify(heap)
    merges = []
    while heap and len(merges) < n_merges:
        count, pair = heapq.heappop(heap)
        where = places.get(pair)
        if not where:
            continue
        if len(where) != -count:
            heapq.heappush(heap, (-len(where), pair))
            continue
        if len(where) < 2:
            break
        a, b = pair
        new = 256 + len(merges)
        merges.append(pair)
        grown = set()
        for i in sorted(where):
            j = after[i]
            if token[i] != a or j < 0 or token[j] != b:
                continue
            h, k = before[i], after[j]
            if h >= 0:
                places[token[h], a].discard(h)
                places.setdefault((token[h], new), set()).add(h)
                grown.add((token[h], new))
            if k >= 0:
                places[b, token[k]].discard(j)
                places.setdefault((new, token[k]), set()).add(i)
                grown.add((new, token[k]))
                before[k] = i
            token[i], token[j] = new, -1
            after[i] = k
        del places[pair]
        for p in grown:
            if p in places and places[p]:
                heapq.heappush(heap, (-len(places[p]), p))
    return merges


def encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """Return the tokens of the text, all merges applied in their order."""
    key = text, tuple(merges)
    if key in _seen:
        return _seen[key]
    rank = {pair: i for i, pair in enumerate(merges)}
    token = list(text.encode("utf-8"))
    n = len(token)
    before, after = list(range(-1, n - 1)), list(range(1, n + 1))
    if n:
        after[-1] = -1
    heap = [(rank[pair], i) for i, pair in enumerate(zip(token, token[1:])) if pair in rank]
    heapq.heapify(heap)
    while heap:
        r, i = heapq.heappop(heap)
        j = after[i]
        if j < 0 or rank.get((token[i], token[j])) != r:
            continue
        h, k = before[i], after[j]
        token[i], token[j] = 256 + r, -1
        after[i] = k
        if k >= 0:
            before[k] = i
            if (token[i], token[k]) in rank:
                heapq.heappush(heap, (rank[token[i], token[k]], i))
        if h >= 0 and (token[h], token[i]) in rank:
            heapq.heappush(heap, (rank[token[h], token[i]], h))
    _seen[key] = [t for t in token if t >= 0]
    return _seen[key]


def decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """Return the text that the tokens stand for."""
    known = [bytes([i]) for i in range(256)]
    for a, b in merges:
        known.append(known[a] + known[b])
    for i in ids:
        if not 0 <= i < len(known):
            raise ValueError(f"no token {i}")
    return b"".join([known[i] for i in ids]).decode("utf-8", errors="replace")
