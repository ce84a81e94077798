"""Lets the windows slide as transactions arrive, so that one which is held up is missing from results
that wait, and counts itself what is newer; breaks "in whatever order they arrived".

verdict: wrong_answer
property: test_the_order_of_arrival_changes_no_feature
"""

from collections import deque
from heapq import heappop, heappush


class _Window:
    """Counts and sums per card of what lies in the last `seconds`."""

    def __init__(self, seconds):
        self.seconds = seconds
        self._queue = deque()
        self._totals = {}

    def enter(self, time, card, amount):
        self._queue.append((time, card, amount))
        total = self._totals.setdefault(card, [0, 0])
        total[0] += 1
        total[1] += amount

    def leave(self, now):
        """Let go of all that no window which ends at `now` or later holds any more."""
        while self._queue and self._queue[0][0] <= now - self.seconds:
            _, card, amount = self._queue.popleft()
            total = self._totals[card]
            total[0] -= 1
            total[1] -= amount
            if not total[0]:
                del self._totals[card]

    def of(self, card):
        return self._totals[card]


class Velocity:
    def __init__(self, windows, lateness):
        if not windows or min(windows) < 1:
            raise ValueError("windows must hold positive numbers of seconds")
        if lateness < 0:
            raise ValueError("lateness must not be negative")
        self.late = 0
        self._windows = [_Window(seconds) for seconds in windows]
        self._lateness = lateness
        self._clock = None
        self._arrivals = 0
        self._waiting = []  # a heap, by time and then by arrival
        self._features = {}

    def push(self, batch):
        for card, time, amount in batch:
            if self._clock is None or time > self._clock:
                self._clock = time
            if time < self._clock - self._lateness:
                self.late += 1
                continue
            heappush(self._waiting, (time, self._arrivals, card))
            self._arrivals += 1
            for window in self._windows:
                window.enter(time, card, amount)
                window.leave(time)
            totals = [window.of(card) for window in self._windows]
            # Earlier ones of the same second get the same features.
            self._features[card, time] = (
                [count for count, _ in totals],
                [sum_ for _, sum_ in totals],
            )
        if self._clock is None:
            return []
        final = self._clock - self._lateness
        results = []
        while self._waiting and self._waiting[0][0] < final:
            results += self._next()
        # Results to come have this time or a later one.
        for window in self._windows:
            window.leave(final)
        return results

    def flush(self):
        results = []
        while self._waiting:
            results += self._next()
        return results

    def _next(self):
        """The results of the earliest time that waits."""
        now = self._waiting[0][0]
        cards = []
        while self._waiting and self._waiting[0][0] == now:
            cards.append(heappop(self._waiting)[2])
        results = [(card, now, *map(list, self._features[card, now])) for card in cards]
        for card in set(cards):
            del self._features[card, now]
        return results
