"""One log of all that is final, in order, with a hand for each window that moves along it; what lies before the
slowest hand is cut off. What waits is sorted when it is needed."""

from collections import Counter, deque


class Velocity:
    def __init__(self, windows, lateness):
        windows = list(windows)
        if len(windows) < 1 or min(windows) <= 0 or lateness < 0:
            raise ValueError("windows must be positive, and lateness must not be negative")
        self._windows = windows
        self._lateness = lateness
        self._clock = None
        self._late = 0
        self._waiting = []
        self._log = deque()
        self._start = 0  # the number of the log's first entry
        self._hands = [0] * len(windows)
        self._counts = [Counter() for _ in windows]
        self._sums = [Counter() for _ in windows]

    @property
    def late(self):
        return self._late

    def push(self, batch):
        clock = self._clock
        for transaction in batch:
            time = transaction[1]
            if clock is None or clock < time:
                clock = time
            if time + self._lateness < clock:
                self._late += 1
            else:
                self._waiting.append(transaction)
        self._clock = clock
        if clock is None:
            return []
        return self._take(lambda time: time < clock - self._lateness)

    def flush(self):
        return self._take(lambda _: True)

    def _take(self, is_final):
        # A stable sort of what is nearly in order already.
        self._waiting.sort(key=lambda transaction: transaction[1])
        results, group = [], []
        for transaction in self._waiting:
            if not is_final(transaction[1]):
                break
            if group and group[0][1] != transaction[1]:
                results += self._settle(group)
                group = []
            group.append(transaction)
        if group:
            last = group[0][1]
            results += self._settle(group)
            self._waiting = [t for t in self._waiting if t[1] > last]
        return results

    def _settle(self, group):
        now = group[0][1]
        for card, _, amount in group:
            self._log.append((card, now, amount))
            for counts, sums in zip(self._counts, self._sums):
                counts[card] += 1
                sums[card] += amount
        for i, window in enumerate(self._windows):
            counts, sums = self._counts[i], self._sums[i]
            while True:
                card, time, amount = self._log[self._hands[i] - self._start]
                if time > now - window:
                    break
                counts[card] -= 1
                sums[card] -= amount
                if counts[card] == 0:
                    del counts[card], sums[card]
                self._hands[i] += 1
        while self._start < min(self._hands):
            self._log.popleft()
            self._start += 1
        return [
            (card, now, [c[card] for c in self._counts], [s[card] for s in self._sums])
            for card, _, _ in group
        ]
