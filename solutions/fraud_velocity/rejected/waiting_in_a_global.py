"""Keeps what waits in a global list, which each new object empties; breaks "Objects are independent
of each other".

verdict: wrong_answer
property: test_objects_are_independent
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


waiting = []  # a heap, by time and then by arrival


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
        global waiting
        waiting = []

    def push(self, batch):
        for card, time, amount in batch:
            if self._clock is None or time > self._clock:
                self._clock = time
            if time < self._clock - self._lateness:
                self.late += 1
                continue
            heappush(waiting, (time, self._arrivals, card, amount))
            self._arrivals += 1
        if self._clock is None:
            return []
        final = self._clock - self._lateness
        results = []
        while waiting and waiting[0][0] < final:
            results += self._next()
        # Results to come have this time or a later one.
        for window in self._windows:
            window.leave(final)
        return results

    def flush(self):
        results = []
        while waiting:
            results += self._next()
        return results

    def _next(self):
        """The results of the earliest time that waits: all its transactions count in each."""
        now = waiting[0][0]
        cards = []
        while waiting and waiting[0][0] == now:
            _, _, card, amount = heappop(waiting)
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
