"""Cuts off the old part of a long list of running sums and takes the sum before the wrong place from
the rest; breaks "the sum of the amounts of this card's transactions".

verdict: wrong_answer
property: test_how_the_stream_is_cut_changes_nothing
"""

from bisect import bisect_right
from collections import deque


class _Card:
    __slots__ = ("times", "prefix", "start")

    def __init__(self):
        self.times = []
        self.prefix = [0]
        self.start = 0


class Velocity:
    """late: number of transactions so far that arrived too late to count."""

    def __init__(self, windows: list[int], lateness: int) -> None:
        if len(windows) == 0:
            raise ValueError("no windows")
        for w in windows:
            if w < 1:
                raise ValueError(f"window {w} is less than 1")
        if lateness < 0:
            raise ValueError("lateness is less than 0")
        self.late = 0
        self._windows = tuple(windows)
        self._longest = max(windows)
        self._lateness = lateness
        self._clock = -(10**30)
        self._seq = 0
        self._pending = []
        self._final = deque()
        self._cards: dict[str, _Card] = {}

    def push(self, batch):
        clock, lateness, pending = self._clock, self._lateness, self._pending
        for card, t, amount in batch:
            if t > clock:
                clock = t
            elif t < clock - lateness:
                self.late += 1
                continue
            pending.append((t, self._seq, card, amount))
            self._seq += 1
        self._clock = clock
        pending.sort()
        cut = bisect_right(pending, (clock - lateness, -1))
        ready, self._pending = pending[:cut], pending[cut:]
        results = self._finish(ready)
        self._sweep(clock - lateness - self._longest)
        return results

    def flush(self):
        self._pending.sort()
        ready, self._pending = self._pending, []
        return self._finish(ready)

    def _finish(self, ready):
        cards = self._cards
        for t, _, name, amount in ready:
            card = cards.get(name)
            if card is None:
                card = cards[name] = _Card()
            card.times.append(t)
            self._final.append((t, name))
            card.prefix.append(card.prefix[-1] + amount)
        results = []
        for t, _, name, _ in ready:
            card = cards[name]
            times, prefix = card.times, card.prefix
            hi = bisect_right(times, t)
            counts, sums = [], []
            for w in self._windows:
                lo = bisect_right(times, t - w, 0, hi)
                counts.append(hi - lo)
                sums.append(prefix[hi] - prefix[lo])
            results.append((name, t, counts, sums))
        return results

    def _sweep(self, old):
        final, cards = self._final, self._cards
        while final and final[0][0] <= old:
            name = final.popleft()[1]
            card = cards[name]
            card.start += 1
            if card.start == len(card.times):
                del cards[name]
            elif card.start > 8 and 2 * card.start > len(card.times):
                base = card.prefix[card.start - 1]
                del card.times[: card.start]
                card.prefix = [0] + [p - base for p in card.prefix[card.start + 1 :]]
                card.start = 0
