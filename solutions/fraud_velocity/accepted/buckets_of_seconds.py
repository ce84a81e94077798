"""Collects the waiting transactions in a dictionary by their time with a heap of the times; each
final transaction puts the moments at which it leaves a window into a second heap.
"""

import heapq


class Velocity:
    def __init__(self, windows, lateness):
        if not windows:
            raise ValueError("windows is empty")
        if min(windows) < 1:
            raise ValueError("a window is less than 1")
        if lateness < 0:
            raise ValueError("lateness is less than 0")
        self.windows = list(windows)
        self.lateness = lateness
        self.late = 0
        self.clock = None
        self.by_time = {}
        self.times = []
        self.leaving = []
        self.state = {}
        self.serial = 0

    def push(self, batch):
        for transaction in batch:
            time = transaction[1]
            self.clock = time if self.clock is None else max(time, self.clock)
            if time + self.lateness < self.clock:
                self.late += 1
                continue
            if time not in self.by_time:
                self.by_time[time] = []
                heapq.heappush(self.times, time)
            self.by_time[time].append(transaction)
        results = []
        if self.clock is not None:
            while self.times and self.times[0] + self.lateness < self.clock:
                results.extend(self.finish(heapq.heappop(self.times)))
            self.leave(self.clock - self.lateness)
        return results

    def flush(self):
        return [result for time in sorted(self.times) for result in self.finish(time)]

    def leave(self, now):
        while self.leaving and self.leaving[0][0] <= now:
            _, _, k, card, amount = heapq.heappop(self.leaving)
            counts, sums = self.state[card]
            counts[k] -= 1
            sums[k] -= amount
            if not any(counts):
                del self.state[card]

    def finish(self, time):
        self.leave(time)
        group = self.by_time.pop(time)
        n = len(self.windows)
        for card, _, amount in group:
            counts, sums = self.state.setdefault(card, ([0] * n, [0] * n))
            for k, window in enumerate(self.windows):
                counts[k] += 1
                sums[k] += amount
                self.serial += 1
                heapq.heappush(self.leaving, (time + window, self.serial, k, card, amount))
        for card, _, _ in group:
            counts, sums = self.state[card]
            yield card, time, counts.copy(), sums.copy()
