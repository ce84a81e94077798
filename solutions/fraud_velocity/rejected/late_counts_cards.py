"""Counts late cards once; breaks "`velocity.late` is the number of late transactions so far".

verdict: wrong_answer
property: test_late_transactions_are_counted_and_left_out
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
        self.late_cards = set()
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
                self.late_cards.add(hash(card))  # names may be long
                self.late = len(self.late_cards)
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
