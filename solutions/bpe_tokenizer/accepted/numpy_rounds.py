"""Encoding takes one merge at a time for all places at once, in arrays; training repairs counts around the places
that it changes, and sorts pairs lazily by a heap of (count, pair) that is corrected from the top."""

import heapq
from collections import Counter, defaultdict

import numpy as np


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("n_merges must be non-negative")
    # Texts side by side in one list, with a gap of -1 between them that takes part in no pair.
    tokens = [-1]
    for text in texts:
        tokens.extend(text.encode("utf-8"))
        tokens.append(-1)
    size = len(tokens)
    following = list(range(1, size + 1))
    previous = list(range(-1, size - 1))
    counts, where = Counter(), defaultdict(list)
    for i in range(size - 1):
        if tokens[i] >= 0 <= tokens[i + 1]:
            counts[tokens[i], tokens[i + 1]] += 1
            where[tokens[i], tokens[i + 1]].append(i)
    heap = [(-n, pair) for pair, n in counts.items()]
    heapq.heapify(heap)
    merges = []
    while len(merges) < n_merges:
        while heap and heap[0][0] != -counts[heap[0][1]]:
            pair = heap[0][1]
            if counts[pair]:
                heapq.heapreplace(heap, (-counts[pair], pair))
            else:
                heapq.heappop(heap)
        if not heap or heap[0][0] > -2:
            break
        a, b = heapq.heappop(heap)[1]
        new = 256 + len(merges)
        merges.append((a, b))
        fresh = Counter()
        for i in where.pop((a, b)):
            j = following[i]
            if tokens[i] != a or tokens[j] != b:
                continue
            h, k = previous[i], following[j]
            if tokens[h] >= 0:
                (counts if tokens[h] != new else fresh)[tokens[h], a] -= 1
                fresh[tokens[h], new] += 1
                where[tokens[h], new].append(h)
            if tokens[k] >= 0:
                counts[b, tokens[k]] -= 1
                fresh[new, tokens[k]] += 1
                where[new, tokens[k]].append(i)
            tokens[i], tokens[j] = new, -2
            following[i], previous[k] = k, i
        counts[a, b] = 0
        for pair, n in fresh.items():
            if n > 0:
                counts[pair] = n
                heapq.heappush(heap, (-n, pair))
    return merges


def encode(text, merges):
    ids = np.frombuffer(text.encode("utf-8"), dtype=np.uint8).astype(np.int64)
    for new, (a, b) in enumerate(merges, start=256):
        starts = np.flatnonzero((ids[:-1] == a) & (ids[1:] == b))
        if not len(starts):
            continue
        if a == b:
            # Of places side by side every second one counts, from the first of each run.
            run = np.cumsum(np.diff(starts, prepend=-2) != 1)
            first = starts[np.searchsorted(run, run)]
            starts = starts[(starts - first) % 2 == 0]
        ids[starts] = new
        ids = np.delete(ids, starts + 1)
    return ids.tolist()


def decode(ids, merges):
    if any(not 0 <= i < 256 + len(merges) for i in ids):
        raise ValueError("not a token")
    spelling = dict(enumerate(bytes([i]) for i in range(256)))
    for new, (a, b) in enumerate(merges, start=256):
        spelling[new] = spelling[a] + spelling[b]
    return b"".join(map(spelling.__getitem__, ids)).decode("utf-8", errors="replace")
