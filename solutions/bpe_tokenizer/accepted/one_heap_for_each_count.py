"""Training keeps a small heap of pairs for each count, and walks down the counts; encoding keeps a list of places
for each merge."""

from heapq import heappop, heappush


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError("the number of merges must be at least 0")
    token, before, after = [], [], []
    for text in texts:
        # One place more for each text, which holds no token: pairs do not reach across it.
        for byte in [*text.encode(), None]:
            at = len(token)
            token.append(byte)
            before.append(at - 1)
            after.append(at + 1)
    token.append(None)  # what comes after the last place

    def pair_at(at):
        if at < 0 or token[at] is None or token[after[at]] is None:
            return None
        return token[at], token[after[at]]

    places, count, with_count = {}, {}, {}
    for at in range(len(token) - 1):
        pair = pair_at(at)
        if pair is not None:
            places.setdefault(pair, []).append(at)
            count[pair] = count.get(pair, 0) + 1
    for pair, often in count.items():
        heappush(with_count.setdefault(often, []), pair)

    merges = []
    # No merge makes a pair that occurs more often than the pair merged did.
    often = max(count.values(), default=0)
    while often >= 2 and len(merges) < n_merges:
        heap = with_count.get(often)
        if not heap:
            often -= 1
            continue
        pair = heappop(heap)
        if count[pair] != often:
            if count[pair] < often:
                heappush(with_count.setdefault(count[pair], []), pair)
            continue
        new = 256 + len(merges)
        merges.append(pair)
        touched = set()
        for at in places[pair]:
            if pair_at(at) != pair:
                continue
            gone = after[at]
            for old in (pair_at(before[at]), pair, pair_at(gone)):
                if old is not None:
                    count[old] -= 1
            token[at], token[gone] = new, -1
            after[at] = after[gone]
            before[after[gone]] = at
            for place in (before[at], at):
                made = pair_at(place)
                if made is not None:
                    places.setdefault(made, []).append(place)
                    count[made] = count.get(made, 0) + 1
                    touched.add(made)
        for made in touched:
            heappush(with_count.setdefault(count[made], []), made)
    return merges


def encode(text, merges):
    token = [*text.encode(), None]
    before = list(range(-1, len(token) - 1))
    after = list(range(1, len(token) + 1))
    turn = {pair: i for i, pair in enumerate(merges)}
    waiting = [[] for _ in merges]
    for at in range(len(token) - 1):
        i = turn.get((token[at], token[after[at]]))
        if i is not None:
            waiting[i].append(at)
    for i, (a, b) in enumerate(merges):
        # Its places come from several earlier merges.
        for at in sorted(waiting[i]):
            if token[at] != a or token[after[at]] != b:
                continue
            gone = after[at]
            token[at], token[gone] = 256 + i, -1
            after[at] = after[gone]
            before[after[gone]] = at
            for place in (before[at], at):
                later = turn.get((token[place], token[after[place]])) if place >= 0 else None
                if later is not None:
                    waiting[later].append(place)
    return [t for t in token if t is not None and t >= 0]


def decode(ids, merges):
    texts = [bytes([byte]) for byte in range(256)]
    for a, b in merges:
        texts.append(texts[a] + texts[b])
    if ids and not 0 <= min(ids) <= max(ids) < len(texts):
        raise ValueError("ids holds a number that is no token")
    return b"".join([texts[i] for i in ids]).decode("utf-8", "replace")
