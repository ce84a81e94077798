"""Keeps one list of transactions for each card with a pointer for each window, and the cards in
the order of their newest transaction, so that the first ones are those to forget.
"""

import heapq
from collections import OrderedDict


class Track:
    def __init__(self, n):
        self.times, self.amounts = [], []
        self.start = [0] * n
        self.total = [0] * n

    def append(self, time, amount):
        self.times.append(time)
        self.amounts.append(amount)
        for k in range(len(self.total)):
            self.total[k] += amount

    def move(self, now, windows):
        for k, window in enumerate(windows):
            i = self.start[k]
            while i < len(self.times) and self.times[i] <= now - window:
                self.total[k] -= self.amounts[i]
                i += 1
            self.start[k] = i
        unused = min(self.start)
        if unused > 16 and 2 * unused > len(self.times):
            del self.times[:unused], self.amounts[:unused]
            self.start = [i - unused for i in self.start]

    def features(self):
        return [len(self.times) - i for i in self.start], self.total[:]


class Velocity:
    def __init__(self, windows, lateness):
        if not windows:
            raise ValueError("windows is empty")
        if min(windows) < 1:
            raise ValueError("a window is less than 1")
        if lateness < 0:
            raise ValueError("lateness is less than 0")
        self.windows, self.lateness = windows[:], lateness
        self.late = 0
        self.newest = None
        self.order = 0
        self.open = []
        self.tracks = OrderedDict()

    def push(self, batch):
        for card, time, amount in batch:
            if self.newest is None:
                self.newest = time
            self.newest = max(self.newest, time)
            if time < self.newest - self.lateness:
                self.late += 1
            else:
                self.order += 1
                heapq.heappush(self.open, (time, self.order, card, amount))
        results = []
        if self.newest is None:
            return results
        edge = self.newest - self.lateness
        while self.open and self.open[0][0] < edge:
            results += self.next_second()
        oldest = edge - max(self.windows)
        while self.tracks:
            card, track = next(iter(self.tracks.items()))
            if track.times[-1] > oldest:
                break
            del self.tracks[card]
        return results

    def flush(self):
        results = []
        while self.open:
            results += self.next_second()
        return results

    def next_second(self):
        now = self.open[0][0]
        cards = []
        while self.open and self.open[0][0] == now:
            _, _, card, amount = heapq.heappop(self.open)
            track = self.tracks.pop(card, None) or Track(len(self.windows))
            self.tracks[card] = track
            track.append(now, amount)
            cards.append(card)
        for card in set(cards):
            self.tracks[card].move(now, self.windows)
        return [(card, now, *self.tracks[card].features()) for card in cards]
