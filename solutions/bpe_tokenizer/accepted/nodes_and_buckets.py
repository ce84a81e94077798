"""Links node objects, keeps the pairs of each count in a bucket that is a heap of its own, with a
pointer that goes down from the largest count, and encodes rank by rank.
"""

import heapq
from collections import defaultdict


class Node:
    __slots__ = ("token", "left", "right", "place")

    def __init__(self, token, place):
        self.token = token
        self.place = place
        self.left = self.right = None


def chain(data, place=0):
    nodes = [Node(byte, place + i) for i, byte in enumerate(data)]
    for one, two in zip(nodes, nodes[1:]):
        one.right, two.left = two, one
    return nodes


def join(node, new):
    """Let the node swallow the one on its right."""
    gone = node.right
    node.token = new
    node.right = gone.right
    if gone.right is not None:
        gone.right.left = node
    gone.token = None


class Counts:
    """How often each pair occurs, with the pairs of each count in a heap."""

    def __init__(self):
        self.count = defaultdict(int)
        self.buckets = defaultdict(list)
        self.top = 0

    def add(self, pair, change):
        self.count[pair] += change
        number = self.count[pair]
        heapq.heappush(self.buckets[number], pair)
        self.top = max(self.top, number)

    def best(self):
        while self.top > 1:
            bucket = self.buckets[self.top]
            while bucket and self.count[bucket[0]] != self.top:
                heapq.heappop(bucket)
            if bucket:
                return bucket[0]
            self.top -= 1
        return None


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("n_merges is less than 0")
    counts = Counts()
    where = defaultdict(list)
    place = 0
    for text in texts:
        nodes = chain(text.encode(), place)
        place += len(nodes)
        for node in nodes[:-1]:
            pair = (node.token, node.right.token)
            counts.add(pair, 1)
            where[pair].append(node)
    merges = []
    for new in range(256, 256 + n_merges):
        pair = counts.best()
        if pair is None:
            break
        merges.append(pair)
        for node in sorted(where.pop(pair), key=lambda node: node.place):
            if node.token != pair[0] or node.right is None or node.right.token != pair[1]:
                continue
            counts.add(pair, -1)
            if node.left is not None:
                counts.add((node.left.token, pair[0]), -1)
            if node.right.right is not None:
                counts.add((pair[1], node.right.right.token), -1)
            join(node, new)
            for one in (node.left, node):
                if one is not None and one.right is not None:
                    counts.add((one.token, one.right.token), 1)
                    where[one.token, one.right.token].append(one)
    return merges


def encode(text, merges):
    ranks = dict(zip(merges, range(len(merges))))
    todo = [[] for _ in merges]
    nodes = chain(text.encode())

    def note(node):
        if node is not None and node.right is not None:
            r = ranks.get((node.token, node.right.token))
            if r is not None:
                todo[r].append(node)

    for node in nodes:
        note(node)
    for r, (a, b) in enumerate(merges):
        for node in sorted(todo[r], key=lambda node: node.place):
            if node.token == a and node.right is not None and node.right.token == b:
                join(node, 256 + r)
                note(node.left)
                note(node)
    return [node.token for node in nodes if node.token is not None]


def decode(ids, merges):
    data = bytearray()
    for number in ids:
        if not 0 <= number < 256 + len(merges):
            raise ValueError(f"{number} is no token")
        stack = [number]
        while stack:
            t = stack.pop()
            if t < 256:
                data.append(t)
            else:
                a, b = merges[t - 256]
                stack += [b, a]
    return data.decode(errors="replace")
