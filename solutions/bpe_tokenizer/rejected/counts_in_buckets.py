"""Orders the pairs by buckets of counts, 2 to 3, 4 to 7 and so on, so that one that occurs 4 times
is taken before one that occurs 7 times; breaks "it takes the pair of adjacent tokens that occurs
most often".

verdict: wrong_answer
property: test_each_merge_is_of_a_pair_that_occurs_most_often
"""

from collections import Counter, defaultdict
from heapq import heapify, heappop, heappush


class _Chain:
    """Tokens of some texts as a doubly linked list, with None before, between and behind them."""

    def __init__(self, texts):
        self.token = [None]
        for text in texts:
            self.token += [*text.encode(), None]
        self.left = [at - 1 for at in range(len(self.token))]
        self.right = [at + 1 for at in range(len(self.token))]

    def pair(self, at):
        """The token at this place and the one after it, or None where one of them is missing."""
        if self.token[at] is None:
            return None
        after = self.token[self.right[at]]
        return None if after is None else (self.token[at], after)

    def join(self, at, new):
        """Put one token in the place of this one and the one after it."""
        gone = self.right[at]
        self.token[at], self.token[gone] = new, None
        self.right[at] = self.right[gone]
        self.left[self.right[at]] = at


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("n_merges must not be negative")
    chain = _Chain(texts)
    places = defaultdict(list)
    for at in range(len(chain.token)):
        pair = chain.pair(at)
        if pair is not None:
            places[pair].append(at)
    count = Counter({pair: len(found) for pair, found in places.items()})
    heap = [(-often.bit_length(), pair) for pair, often in count.items()]
    heapify(heap)

    merges = []
    while heap and len(merges) < n_merges:
        bucket, pair = heappop(heap)
        if count[pair].bit_length() != -bucket:
            heappush(heap, (-count[pair].bit_length(), pair))
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
            before = chain.left[at]
            # Where there is no pair, it is None that is counted, which nothing asks for.
            for place in (before, chain.right[at]):
                count[chain.pair(place)] -= 1
            chain.join(at, new)
            for place in (before, at):
                made = chain.pair(place)
                if made is not None:
                    count[made] += 1
                    places[made].append(place)
                    born.add(made)
        for made in born:
            heappush(heap, (-count[made].bit_length(), made))
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
    return [token for token in chain.token if token is not None]


def decode(ids, merges):
    stands_for = [bytes([byte]) for byte in range(256)]
    for a, b in merges:
        stands_for.append(stands_for[a] + stands_for[b])
    for token in ids:
        if not 0 <= token < len(stands_for):
            raise ValueError(f"{token} is no token")
    return b"".join(stands_for[token] for token in ids).decode(errors="replace")
