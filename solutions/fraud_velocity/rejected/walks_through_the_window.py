"""Goes through all transactions of the card for each result; breaks "So go neither through a
window nor through all cards for each transaction".

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
        self.cards = {}
        self.history = deque()
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
                mine = self.cards[card]
                inside = [[a for t, a in mine if t > now - window] for window in self.windows]
                results.append((card, now, [len(i) for i in inside], [sum(i) for i in inside]))
        return results

    def add(self, card, time, amount):
        self.cards.setdefault(card, deque()).append((time, amount))
        self.history.append((time, card))

    def forget(self, now):
        while self.history and self.history[0][0] <= now - max(self.windows):
            _, card = self.history.popleft()
            self.cards[card].popleft()
            if not self.cards[card]:
                del self.cards[card]
