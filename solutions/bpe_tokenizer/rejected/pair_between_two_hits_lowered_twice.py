"""Takes the pair between two merged ones side by side, b a in a b a b, off its count once for each
of them; breaks "the number of places, in all sequences together, at which a b comes directly after
an a".

verdict: wrong_answer
property: test_each_merge_is_of_a_pair_that_occurs_most_often
"""

import heapq
from collections import Counter

import numpy as np


def _starts(seq, a, b):
    """Places at which the walk from left to right replaces (a, b)."""
    hit = np.flatnonzero((seq[:-1] == a) & (seq[1:] == b))
    if a == b and hit.size > 1:
        first = np.ones(hit.size, dtype=bool)
        first[1:] = np.diff(hit) > 1
        idx = np.arange(hit.size)
        begin = np.maximum.accumulate(np.where(first, idx, 0))
        hit = hit[(idx - begin) % 2 == 0]
    return hit


def _join(seq, hit, new):
    out = seq.copy()
    out[hit] = new
    keep = np.ones(len(seq), dtype=bool)
    keep[hit + 1] = False
    return out[keep], hit - np.arange(hit.size)


def _around(seq, where):
    """Counter of the pairs that begin at the places `where`, none twice."""
    where = where[(where >= 0) & (where < len(seq) - 1)]
    c = Counter(zip(seq[where].tolist(), seq[where + 1].tolist()))
    return {p: k for p, k in c.items() if p[0] >= 0 and p[1] >= 0}


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("n_merges < 0")
    parts = [np.array([-1], dtype=np.int64)]
    for t in texts:
        parts.append(np.frombuffer(t.encode("utf-8"), dtype=np.uint8).astype(np.int64))
        parts.append(np.array([-1], dtype=np.int64))
    seq = np.concatenate(parts)
    count = Counter(_around(seq, np.arange(len(seq) - 1)))
    heap = [(-c, p) for p, c in count.items()]
    heapq.heapify(heap)
    merges = []
    while len(merges) < n_merges and heap:
        c, pair = heapq.heappop(heap)
        if count[pair] != -c:
            if count[pair] > 0:
                heapq.heappush(heap, (-count[pair], pair))
            continue
        if -c < 2:
            break
        hit = _starts(seq, *pair)
        new = 256 + len(merges)
        old = _around(seq, np.concatenate([hit - 1, hit, hit + 1]))
        seq, at = _join(seq, hit, new)
        fresh = _around(seq, np.unique(np.concatenate([at - 1, at])))
        for p, k in old.items():
            count[p] -= k
        for p, k in fresh.items():
            count[p] += k
        for p in fresh:
            heapq.heappush(heap, (-count[p], p))
        merges.append(pair)
    return merges


def encode(text, merges):
    seq = np.frombuffer(text.encode("utf-8"), dtype=np.uint8).astype(np.int32)
    for i, (a, b) in enumerate(merges):
        hit = _starts(seq, a, b)
        if hit.size:
            seq, _ = _join(seq, hit, 256 + i)
    return seq.tolist()


def decode(ids, merges):
    if any(i < 0 or i >= 256 + len(merges) for i in ids):
        raise ValueError("ids holds a number that is no token")
    table = [bytes((i,)) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(map(table.__getitem__, ids)).decode("utf-8", "replace")
