"""Each card has a queue and running totals for each window; a second queue, of all cards, says whose turn it is to
be looked at once its transactions have grown old."""

from collections import defaultdict, deque
from heapq import heappop, heappush


class Card:
    def __init__(self, windows):
        self.history = deque()
        self.dropped = 0  # how many have left the history on the left
        self.first = [0] * len(windows)  # the number of the first transaction in each window
        self.count = [0] * len(windows)
        self.sum = [0] * len(windows)

    def add(self, time, amount):
        self.history.append((time, amount))
        for i in range(len(self.count)):
            self.count[i] += 1
            self.sum[i] += amount

    def advance(self, windows, now):
        for i, window in enumerate(windows):
            while self.count[i]:
                time, amount = self.history[self.first[i] - self.dropped]
                if time > now - window:
                    break
                self.first[i] += 1
                self.count[i] -= 1
                self.sum[i] -= amount
        while self.dropped < min(self.first):
            self.history.popleft()
            self.dropped += 1


class Velocity:
    def __init__(self, windows, lateness):
        if len(windows) == 0:
            raise ValueError("at least one window is needed")
        for window in windows:
            if window < 1:
                raise ValueError(f"a window of {window} seconds holds nothing")
        if lateness < 0:
            raise ValueError("lateness is negative")
        self.windows = tuple(windows)
        self.longest = max(windows)
        self.lateness = lateness
        self.late = 0
        self.clock = float("-inf")
        self.times = []  # heap of the times that wait
        self.waiting = defaultdict(list)
        self.cards = {}
        self.turns = deque()

    def push(self, batch):
        for card, time, amount in batch:
            if time > self.clock:
                self.clock = time
            if self.clock - time > self.lateness:
                self.late += 1
                continue
            if time not in self.waiting:
                heappush(self.times, time)
            self.waiting[time].append((card, amount))
        return self._release(self.clock - self.lateness)

    def flush(self):
        return self._release(float("inf"))

    def _release(self, before):
        results = []
        while self.times and self.times[0] < before:
            now = heappop(self.times)
            group = self.waiting.pop(now)
            for card, amount in group:
                self.cards.setdefault(card, Card(self.windows)).add(now, amount)
                self.turns.append((now, card))
            for card, _ in group:
                self.cards[card].advance(self.windows, now)
                this = self.cards[card]
                results.append((card, now, list(this.count), list(this.sum)))
            while self.turns[0][0] <= now - self.longest:
                _, card = self.turns.popleft()
                if card in self.cards:
                    self.cards[card].advance(self.windows, now)
                    if not self.cards[card].history:
                        del self.cards[card]
        return results
