"""Right in all that it returns, but looks through all cards for old transactions whenever the time moves on.

verdict: time_limit_exceeded
property: test_many_cards_take_at_most_7_times_as_long_as_adding_up
"""

from collections import deque
from heapq import heappop, heappush


class _Window:
    """Counts and sums per card of what lies in the last `seconds`."""

    def __init__(self, seconds):
        self.seconds = seconds
        self._queues = {}
        self._totals = {}

    def enter(self, time, card, amount):
        self._queues.setdefault(card, deque()).append((time, amount))
        total = self._totals.setdefault(card, [0, 0])
        total[0] += 1
        total[1] += amount

    def leave(self, now):
        """Let go of all that no window which ends at `now` or later holds any more."""
        for card in list(self._queues):
            queue, total = self._queues[card], self._totals[card]
            while queue and queue[0][0] <= now - self.seconds:
                total[0] -= 1
                total[1] -= queue.popleft()[1]
            if not queue:
                del self._queues[card], self._totals[card]

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

    def push(self, batch):
        for card, time, amount in batch:
            if self._clock is None or time > self._clock:
                self._clock = time
            if time < self._clock - self._lateness:
                self.late += 1
                continue
            heappush(self._waiting, (time, self._arrivals, card, amount))
            self._arrivals += 1
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
        """The results of the earliest time that waits: all its transactions count in each."""
        now = self._waiting[0][0]
        cards = []
        while self._waiting and self._waiting[0][0] == now:
            _, _, card, amount = heappop(self._waiting)
            cards.append(card)
            for window in self._windows:
                window.enter(now, card, amount)
        for window in self._windows:
            window.leave(now)
        results = []
        for card in cards:
            totals = [window.of(card) for window in self._windows]
            results.append(
                (card, now, [count for count, _ in totals], [sum_ for _, sum_ in totals])
            )
        return results
