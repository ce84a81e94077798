"""Puts the pairs whose counts a merge has changed into a heap, keeps the places of a pair in
sets, separates the texts by a token that never merges, and decodes with an incremental decoder.
"""

import codecs
import heapq
from collections import Counter, defaultdict
from itertools import pairwise

WALL = -1
GONE = -2


class Sequence:
    """Tokens at places; the lengths of the gaps stand at both of their ends."""

    def __init__(self, token):
        self.token = token
        self.size = [1] * len(token)

    def right(self, i):
        j = i + self.size[i]
        return j if j < len(self.token) else None

    def left(self, i):
        return i - self.size[i - 1] if i > 0 else None

    def merge(self, i, j, new):
        size = self.size[i] + self.size[j]
        self.token[i], self.token[j] = new, GONE
        self.size[i] = self.size[i + size - 1] = size

    def pair(self, i):
        if i is None or self.token[i] < 0:
            return None
        j = self.right(i)
        if j is None or self.token[j] < 0:
            return None
        return self.token[i], self.token[j]


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("n_merges < 0")
    line = []
    for text in texts:
        line += [*text.encode("utf8"), WALL]
    sequence = Sequence(line)
    counts = Counter(p for p in pairwise(line) if WALL not in p)
    places = defaultdict(set)
    for i, p in enumerate(pairwise(line)):
        places[p].add(i)
    heap = [(-c, p) for p, c in counts.items()]
    heapq.heapify(heap)
    merges = []
    changed = set()

    def change(i, by):
        p = sequence.pair(i)
        if p is not None:
            counts[p] += by
            (places[p].add if by > 0 else places[p].discard)(i)
            changed.add(p)

    while heap and len(merges) < n_merges:
        c, p = heapq.heappop(heap)
        if counts[p] != -c:
            continue
        if -c < 2:
            break
        new = 256 + len(merges)
        merges.append(p)
        for i in sorted(places[p]):
            if sequence.pair(i) != p:
                continue
            j = sequence.right(i)
            h = sequence.left(i)
            for place in (h, i, j):
                change(place, -1)
            sequence.merge(i, j, new)
            for place in (h, i):
                change(place, 1)
        for p in changed:
            heapq.heappush(heap, (-counts[p], p))
        changed.clear()
    return merges


def encode(text, merges):
    number = {}
    for i, p in enumerate(merges):
        number[p] = i
    sequence = Sequence(list(text.encode("utf8")))
    queue = []

    def offer(i):
        p = sequence.pair(i)
        if p in number:
            heapq.heappush(queue, (number[p], i))

    for i in range(len(sequence.token)):
        offer(i)
    while queue:
        r, i = heapq.heappop(queue)
        if sequence.pair(i) == merges[r]:
            h = sequence.left(i)
            sequence.merge(i, sequence.right(i), 256 + r)
            offer(h)
            offer(i)
    return [t for t in sequence.token if t != GONE]


def decode(ids, merges):
    if any(i < 0 or i >= 256 + len(merges) for i in ids):
        raise ValueError("unknown token")
    table = {i: bytes((i,)) for i in range(256)}
    for i, (a, b) in enumerate(merges, start=256):
        table[i] = table[a] + table[b]
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    return "".join(decoder.decode(table[i]) for i in ids) + decoder.decode(b"", final=True)
