"""Counts what has arrived when the transaction itself arrives; breaks "also those that arrived
after it". It goes through the whole stream so far for each.

verdict: time_limit_exceeded
property: test_a_busy_card_takes_at_most_7_times_as_long_as_adding_up
"""

import heapq
from collections import deque


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
        self.arrived = 0
        self.kept = []
        self.ready = {}
        self.waiting = []
        self.inside = [deque() for _ in windows]
        self.totals = [{} for _ in windows]

    def push(self, batch):
        for card, time, amount in batch:
            if self.clock is None or time > self.clock:
                self.clock = time
            if time < self.clock - self.lateness:
                self.late += 1
                continue
            self.arrived += 1
            mine = [t for t in self.kept if t[0] == card] + [(card, time, amount)]
            counts, sums = [], []
            for window in self.windows:
                inside = [a for _, t, a in mine if time - window < t <= time]
                counts.append(len(inside))
                sums.append(sum(inside))
            self.kept.append((card, time, amount))
            self.ready[self.arrived] = (card, time, counts, sums)
            heapq.heappush(self.waiting, (time, self.arrived, card, amount))
        if self.clock is None:
            return []
        limit = self.clock - self.lateness
        results = self.results_before(limit)
        self.forget(limit)
        return results

    def flush(self):
        return self.results_before(None)

    def results_before(self, limit):
        results = []
        while self.waiting and (limit is None or self.waiting[0][0] < limit):
            now = self.waiting[0][0]
            group = []
            while self.waiting and self.waiting[0][0] == now:
                _, number, card, amount = heapq.heappop(self.waiting)
                group.append(number)
                self.add(card, now, amount)
            self.forget(now)
            results += [self.ready.pop(number) for number in group]
        return results

    def add(self, card, time, amount):
        for inside, totals in zip(self.inside, self.totals):
            inside.append((time, card, amount))
            total = totals.setdefault(card, [0, 0])
            total[0] += 1
            total[1] += amount

    def forget(self, now):
        for window, inside, totals in zip(self.windows, self.inside, self.totals):
            while inside and inside[0][0] <= now - window:
                _, card, amount = inside.popleft()
                total = totals[card]
                total[0] -= 1
                total[1] -= amount
                if total[0] == 0:
                    del totals[card]
