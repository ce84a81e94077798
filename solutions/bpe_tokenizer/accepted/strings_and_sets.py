"""Encoding has one character stand for each token and lets str.replace apply the merges; training keeps a set of
places for each pair, and a heap that gets an entry whenever a count has changed."""

import heapq


def _character(token):
    # Not among the surrogates, which str.replace would not mind, but readers do.
    return chr(token if token < 0xD800 else token + 0x800)


def _number(character):
    code = ord(character)
    return code if code < 0xD800 else code - 0x800


def train(texts, n_merges):
    if n_merges < 0:
        raise ValueError(f"n_merges is {n_merges}")
    nodes = {}  # place: [token, place before, place after]
    end = 0
    for text in texts:
        data = text.encode()
        for i, byte in enumerate(data):
            left = end + i - 1 if i else None
            right = end + i + 1 if i + 1 < len(data) else None
            nodes[end + i] = [byte, left, right]
        end += len(data)
    places = {}
    for place, (token, _, right) in nodes.items():
        if right is not None:
            places.setdefault((token, nodes[right][0]), set()).add(place)
    heap = [(-len(where), pair) for pair, where in places.items()]
    heapq.heapify(heap)

    def leave(place, changed):
        token, _, right = nodes[place]
        pair = (token, nodes[right][0])
        places[pair].discard(place)
        changed.add(pair)

    def enter(place, changed):
        token, _, right = nodes[place]
        pair = (token, nodes[right][0])
        places.setdefault(pair, set()).add(place)
        changed.add(pair)

    merges = []
    while heap and len(merges) < n_merges:
        minus, pair = heapq.heappop(heap)
        where = places.get(pair, ())
        if len(where) != -minus:
            continue
        if len(where) < 2:
            break
        new, changed = 256 + len(merges), set()
        merges.append(pair)
        for place in sorted(where):
            if place not in places[pair]:
                continue  # it was the second half of the one before
            _, left, right = nodes[place]
            last = nodes[right][2]
            leave(place, changed)
            if left is not None:
                leave(left, changed)
            if last is not None:
                leave(right, changed)
                nodes[last][1] = place
            del nodes[right]
            nodes[place] = [new, left, last]
            if left is not None:
                enter(left, changed)
            if last is not None:
                enter(place, changed)
        for pair in changed:
            if places[pair]:
                heapq.heappush(heap, (-len(places[pair]), pair))
            else:
                del places[pair]
    return merges


def encode(text, merges):
    string = text.encode().decode("latin-1")
    for i, (a, b) in enumerate(merges):
        string = string.replace(_character(a) + _character(b), _character(256 + i))
    return [_number(character) for character in string]


def decode(ids, merges):
    # From the youngest token to the oldest, each is replaced by the two that it is made of.
    for token in ids:
        if token < 0 or token >= 256 + len(merges):
            raise ValueError(f"no such token: {token}")
    known = {}
    parts = []
    for token in ids:
        stack = [token]
        piece = bytearray()
        while stack:
            top = stack.pop()
            if top < 256:
                piece.append(top)
            elif top in known:
                piece += known[top]
            else:
                a, b = merges[top - 256]
                stack += [b, a]
        known[token] = bytes(piece)
        parts.append(known[token])
    return b"".join(parts).decode("utf-8", errors="replace")
