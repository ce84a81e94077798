"""Right in all that it returns, but goes through the card's whole history for each transaction.

verdict: time_limit_exceeded
property: test_a_busy_card_takes_at_most_7_times_as_long_as_adding_up
"""

from collections import deque
from heapq import heappop, heappush


class Velocity:
    def __init__(self, windows, lateness):
        if not windows or min(windows) < 1 or lateness < 0:
            raise ValueError("bad windows or lateness")
        self.windows, self.lateness = list(windows), lateness
        self.late, self.clock, self.number = 0, None, 0
        self.waiting, self.history, self.turns = [], {}, deque()

    def push(self, batch):
        for card, time, amount in batch:
            if self.clock is None or time > self.clock:
                self.clock = time
            if time < self.clock - self.lateness:
                self.late += 1
                continue
            heappush(self.waiting, (time, self.number, card, amount))
            self.number += 1
        return [] if self.clock is None else self.release(self.clock - self.lateness)

    def flush(self):
        return self.release(float("inf"))

    def release(self, before):
        results = []
        while self.waiting and self.waiting[0][0] < before:
            now = self.waiting[0][0]
            cards = []
            while self.waiting and self.waiting[0][0] == now:
                _, _, card, amount = heappop(self.waiting)
                self.history.setdefault(card, deque()).append((now, amount))
                self.turns.append((now, card))
                cards.append(card)
            while self.turns[0][0] <= now - max(self.windows):
                _, card = self.turns.popleft()
                self.history[card].popleft()
                if not self.history[card]:
                    del self.history[card]
            for card in cards:
                counts, sums = [], []
                for window in self.windows:
                    inside = [a for t, a in self.history[card] if t > now - window]
                    counts.append(len(inside))
                    sums.append(sum(inside))
                results.append((card, now, counts, sums))
        return results
