"""Keeps for each card and window a queue and its sum, and a queue of all transactions that tells
which cards have to be looked at when time has gone on.
"""

from collections import deque
from heapq import heappop, heappush


class Card:
    __slots__ = ("queues", "sums")

    def __init__(self, n):
        self.queues = [deque() for _ in range(n)]
        self.sums = [0] * n

    def add(self, transaction):
        for k, queue in enumerate(self.queues):
            queue.append(transaction)
            self.sums[k] += transaction[3]

    def expire(self, now, windows):
        for k, queue in enumerate(self.queues):
            start = now - windows[k]
            while queue and queue[0][0] <= start:
                self.sums[k] -= queue.popleft()[3]


class Velocity:
    def __init__(self, windows, lateness):
        if not windows:
            raise ValueError("windows is empty")
        if min(windows) < 1:
            raise ValueError("a window is less than 1")
        if lateness < 0:
            raise ValueError("lateness is less than 0")
        self.windows = tuple(windows)
        self.longest = max(windows)
        self.lateness = lateness
        self.late = 0
        self.clock = -(10**16)
        self.number = 0
        self.pending = []
        self.cards = {}
        self.history = deque()

    def push(self, batch):
        for card, time, amount in batch:
            self.clock = max(self.clock, time)
            if time < self.clock - self.lateness:
                self.late += 1
            else:
                heappush(self.pending, (time, self.number, card, amount))
                self.number += 1
        return self.release(self.clock - self.lateness)

    def flush(self):
        return self.release(float("inf"))

    def release(self, limit):
        results = []
        group = []
        while self.pending and self.pending[0][0] < limit:
            transaction = heappop(self.pending)
            name = transaction[2]
            card = self.cards.get(name)
            if card is None:
                card = self.cards[name] = Card(len(self.windows))
            card.add(transaction)
            self.history.append(transaction)
            group.append((name, card))
            time = transaction[0]
            if not self.pending or self.pending[0][0] != time:
                for name, card in group:
                    card.expire(time, self.windows)
                    counts = [len(queue) for queue in card.queues]
                    results.append((name, time, counts, card.sums.copy()))
                group.clear()
        if limit < float("inf"):
            self.clean(limit)
        return results

    def clean(self, limit):
        while self.history and self.history[0][0] <= limit - self.longest:
            name = self.history.popleft()[2]
            card = self.cards.get(name)
            if card is not None:
                card.expire(limit, self.windows)
                if not any(card.queues):
                    del self.cards[name]
