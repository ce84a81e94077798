"""Keeps what waits in a sorted list, and for each card its times with the sums from the beginning on, in which
bisection finds where a window begins; a sweep now and then throws away what is old."""

from bisect import bisect_right, insort


class Velocity:
    def __init__(self, windows, lateness):
        if not windows:
            raise ValueError("no windows")
        if any(w <= 0 for w in windows):
            raise ValueError("windows must be positive")
        if lateness < 0:
            raise ValueError("lateness must be at least 0")
        self.windows = list(windows)
        self.lateness = lateness
        self.late = 0
        self.clock = None
        self.number = 0
        self.waiting = []
        self.past = {}  # card: (times, sums before each, sum of all)
        self.entries = 0
        self.kept_after_sweep = 16

    def push(self, batch):
        for card, time, amount in batch:
            self.clock = time if self.clock is None else max(self.clock, time)
            if time < self.clock - self.lateness:
                self.late += 1
            else:
                insort(self.waiting, (time, self.number, card, amount))
                self.number += 1
        if self.clock is None:
            return []
        end = bisect_right(self.waiting, (self.clock - self.lateness, -1))
        return self._results(end)

    def flush(self):
        return self._results(len(self.waiting))

    def _results(self, end):
        ready, self.waiting = self.waiting[:end], self.waiting[end:]
        results = []
        i = 0
        while i < len(ready):
            j = i
            while j < len(ready) and ready[j][0] == ready[i][0]:
                _, _, card, amount = ready[j]
                times, sums = self.past.setdefault(card, ([], [0]))
                times.append(ready[j][0])
                sums.append(sums[-1] + amount)
                j += 1
            for time, _, card, _ in ready[i:j]:
                times, sums = self.past[card]
                starts = [bisect_right(times, time - w) for w in self.windows]
                counts = [len(times) - s for s in starts]
                results.append((card, time, counts, [sums[-1] - sums[s] for s in starts]))
            self.entries += j - i
            if self.entries > 2 * self.kept_after_sweep:
                self._sweep(ready[i][0] - max(self.windows))
            i = j
        return results

    def _sweep(self, oldest):
        past = {}
        for card, (times, sums) in self.past.items():
            start = bisect_right(times, oldest)
            if start < len(times):
                past[card] = (times[start:], sums[start:])
        self.past = past
        self.entries = sum(len(times) for times, _ in past.values())
        self.kept_after_sweep = max(self.entries, 16)
