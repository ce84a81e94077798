"""Looks at every card for something to forget in each step; breaks "So go neither through a
window nor through all cards for each transaction".

verdict: time_limit_exceeded
property: test_many_cards_take_at_most_7_times_as_long_as_adding_up
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
                _, _, card, amount = heapq.heappop(self.waiting)
                group.append(card)
                self.add(card, now, amount)
            self.forget(now)
            for card in group:
                counts = [totals[card][0] for totals in self.totals]
                sums = [totals[card][1] for totals in self.totals]
                results.append((card, now, counts, sums))
        return results

    def add(self, card, time, amount):
        for totals in self.totals:
            total = totals.setdefault(card, [0, 0, deque()])
            total[0] += 1
            total[1] += amount
            total[2].append((time, amount))

    def forget(self, now):
        for window, totals in zip(self.windows, self.totals):
            for card in list(totals):
                total = totals[card]
                while total[2] and total[2][0][0] <= now - window:
                    total[0] -= 1
                    total[1] -= total[2].popleft()[1]
                if not total[2]:
                    del totals[card]
