"""Adds a window up anew for each transaction that leaves it; breaks "go neither through a window nor
through all cards for each transaction".

verdict: time_limit_exceeded
property: test_a_busy_card_takes_at_most_7_times_as_long_as_adding_up
"""

from collections import deque


class Velocity:
    def __init__(self, windows, lateness):
        if len(windows) == 0:
            raise ValueError("no windows")
        if any(w < 1 for w in windows):
            raise ValueError("window")
        if lateness < 0:
            raise ValueError("lateness")
        self.windows = list(windows)
        self.longest = max(windows)
        self.lateness = lateness
        self.late = 0
        self.clock = None
        self.pending = []
        # per window: queue of transactions that count, in time order
        self.queues = [deque() for _ in self.windows]
        # per window: card -> [count, sum]
        self.totals = [{} for _ in self.windows]

    def push(self, batch):
        for card, time, amount in batch:
            if self.clock is None or time > self.clock:
                self.clock = time
            if time < self.clock - self.lateness:
                self.late += 1
            else:
                self.pending.append((card, time, amount))
        if self.clock is None:
            return []
        limit = self.clock - self.lateness
        self.pending.sort(key=lambda t: t[1])
        stop = 0
        while stop < len(self.pending) and self.pending[stop][1] < limit:
            stop += 1
        ready, self.pending = self.pending[:stop], self.pending[stop:]
        out = self._finish(ready)
        self._expire(limit)
        return out

    def _expire(self, now):
        for w, queue, totals in zip(self.windows, self.queues, self.totals):
            while queue and queue[0][1] <= now - w:
                card, _, amount = queue.popleft()
                entry = totals[card]
                entry[0] -= 1
                entry[1] = sum(q[2] for q in queue if q[0] == card)
                if entry[0] == 0:
                    del totals[card]

    def _finish(self, ready):
        out = []
        i = 0
        while i < len(ready):
            time = ready[i][1]
            j = i
            while j < len(ready) and ready[j][1] == time:
                j += 1
            self._expire(time)
            for item in ready[i:j]:
                for queue, totals in zip(self.queues, self.totals):
                    queue.append(item)
                    entry = totals.setdefault(item[0], [0, 0])
                    entry[0] += 1
                    entry[1] += item[2]
            for card, _, _ in ready[i:j]:
                entries = [totals[card] for totals in self.totals]
                out.append((card, time, [e[0] for e in entries], [e[1] for e in entries]))
            i = j
        return out

    def flush(self):
        self.pending.sort(key=lambda t: t[1])
        return self._finish(self.pending)
