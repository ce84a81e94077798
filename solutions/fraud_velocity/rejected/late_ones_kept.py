"""Keeps the late transactions in a list, to know their number; breaks "What is kept does not grow with
the stream".

verdict: memory_limit_exceeded
property: test_late_transactions_are_forgotten
"""

from collections import deque
from heapq import heappop, heappush
from itertools import count


class _Window:
    def __init__(self, width):
        self.width = width
        self.queue = deque()
        self.totals = {}

    def add(self, card, time, amount):
        self.queue.append((time, card, amount))
        total = self.totals.get(card)
        if total is None:
            self.totals[card] = [1, amount]
        else:
            total[0] += 1
            total[1] += amount

    def drop(self, now):
        """Forget all that no window ending at now or later holds."""
        bound = now - self.width
        queue, totals = self.queue, self.totals
        while queue and queue[0][0] <= bound:
            _, card, amount = queue.popleft()
            total = totals[card]
            total[0] -= 1
            total[1] -= amount
            if not total[0]:
                del totals[card]


class Velocity:
    def __init__(self, windows, lateness):
        if not windows:
            raise ValueError("windows is empty")
        if any(w < 1 for w in windows):
            raise ValueError("each window must be at least 1")
        if lateness < 0:
            raise ValueError("lateness must be at least 0")
        self._too_late = []
        self._lateness = lateness
        self._windows = [_Window(w) for w in windows]
        self._clock = float("-inf")
        self._number = count()
        self._heap = []

    def push(self, batch):
        for card, time, amount in batch:
            self._clock = max(self._clock, time)
            if time < self._clock - self._lateness:
                self._too_late.append((card, time, amount))
            else:
                heappush(self._heap, (time, next(self._number), card, amount))
        if self._clock == float("-inf"):
            return []
        edge = self._clock - self._lateness
        ready = []
        while self._heap and self._heap[0][0] < edge:
            ready.append(heappop(self._heap))
        results = self._finalise(ready)
        for window in self._windows:
            window.drop(edge)
        return results

    @property
    def late(self):
        return len(self._too_late)

    def flush(self):
        ready = sorted(self._heap)
        self._heap.clear()
        return self._finalise(ready)

    def _finalise(self, ready):
        results = []
        i = 0
        while i < len(ready):
            now = ready[i][0]
            j = i
            while j < len(ready) and ready[j][0] == now:
                j += 1
            group = ready[i:j]
            for window in self._windows:
                window.drop(now)
                for _, _, card, amount in group:
                    window.add(card, now, amount)
            for _, _, card, _ in group:
                totals = [window.totals[card] for window in self._windows]
                results.append((card, now, [n for n, _ in totals], [s for _, s in totals]))
            i = j
        return results
