"""Decodes with utf-8-sig, which swallows U+FEFF at the beginning.

verdict: wrong_answer
property: test_every_text_survives_encoding_and_decoding
"""

from collections import defaultdict
from heapq import heapify, heappop, heappush


class _Chain:
    """Tokens of some texts as a doubly linked list, -1 standing for the end of a text."""

    def __init__(self, texts):
        self.token, self.left, self.right = [], [], []
        for text in texts:
            first = len(self.token)
            self.token += text.encode("utf-8")
            end = len(self.token)
            self.left += [-1, *range(first, end - 1)][: end - first]
            self.right += [*range(first + 1, end), -1][: end - first]

    def pair(self, at):
        """The token at this place and the one after it, or None."""
        after = self.right[at]
        return None if at < 0 or after < 0 else (self.token[at], self.token[after])

    def join(self, at, new):
        """Put one token in the place of this one and the one after it."""
        gone = self.right[at]
        after = self.right[gone]
        self.token[at], self.token[gone] = new, -1
        self.right[at] = after
        if after >= 0:
            self.left[after] = at


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("n_merges must not be negative")
    chain = _Chain(texts)
    places = defaultdict(list)
    for at in range(len(chain.token)):
        if chain.right[at] >= 0:
            places[chain.pair(at)].append(at)
    count = {pair: len(found) for pair, found in places.items()}
    # Counts in the heap are never too low. One that is too high is put right when it gets to the
    # top; so nothing has to be looked for in the heap when a count falls.
    heap = [(-often, pair) for pair, often in count.items()]
    heapify(heap)

    merges = []
    while heap and len(merges) < n_merges:
        often, pair = heappop(heap)
        if count[pair] != -often:
            heappush(heap, (-count[pair], pair))
            continue
        if count[pair] < 2:
            break
        new = 256 + len(merges)
        merges.append(pair)
        born = set()
        # A pair comes into being in the round of its younger token only, and from left to right:
        # the places are in order. Those that are no longer such a pair have been merged away.
        for at in places.pop(pair):
            if chain.pair(at) != pair:
                continue
            before, after = chain.left[at], chain.right[chain.right[at]]
            if before >= 0:
                count[chain.pair(before)] -= 1
            if after >= 0:
                count[chain.pair(chain.right[at])] -= 1
            count[pair] -= 1
            chain.join(at, new)
            for place in (before, at):
                made = chain.pair(place)
                if made is not None:
                    count[made] = count.get(made, 0) + 1
                    places[made].append(place)
                    born.add(made)
        for made in born:
            heappush(heap, (-count[made], made))
    return merges


def encode(text, merges):
    chain = _Chain([text])
    rank = {pair: i for i, pair in enumerate(merges)}
    # A merge makes pairs with its own token only, whose merges come later. So to take the earliest
    # merge there is, and of it the leftmost place, is to apply one merge after the other.
    heap = []
    for at in range(len(chain.token)):
        if chain.pair(at) in rank:
            heap.append((rank[chain.pair(at)], at))
    heapify(heap)
    while heap:
        i, at = heappop(heap)
        if chain.pair(at) != merges[i]:
            continue
        chain.join(at, 256 + i)
        for place in (chain.left[at], at):
            if chain.pair(place) in rank:
                heappush(heap, (rank[chain.pair(place)], place))
    return [token for token in chain.token if token >= 0]


def decode(ids, merges):
    stands_for = [bytes([byte]) for byte in range(256)]
    for a, b in merges:
        stands_for.append(stands_for[a] + stands_for[b])
    for token in ids:
        if not 0 <= token < len(stands_for):
            raise ValueError(f"{token} is no token")
    return b"".join(stands_for[token] for token in ids).decode("utf-8-sig", errors="replace")
