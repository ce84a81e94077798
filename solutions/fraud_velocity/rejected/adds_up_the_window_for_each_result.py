"""Adds a window up anew for each result; breaks "go neither through a window nor through all cards
for each transaction".

verdict: time_limit_exceeded
property: test_a_busy_card_takes_at_most_7_times_as_long_as_adding_up
"""

from collections import defaultdict, deque


class Window:
    __slots__ = ("width", "items", "total")

    def __init__(self, width):
        self.width = width
        self.items = deque()
        self.total = 0

    def add(self, time, amount):
        self.items.append((time, amount))
        self.total += amount

    def move(self, time):
        while self.items and self.items[0][0] + self.width <= time:
            self.total -= self.items.popleft()[1]


class Velocity:
    def __init__(self, windows, lateness):
        widths = [int(w) for w in windows]
        if not widths:
            raise ValueError("windows is empty")
        for w in widths:
            if w < 1:
                raise ValueError("window is less than 1")
        if lateness < 0:
            raise ValueError("lateness is negative")
        self.late = 0
        self.lateness = lateness
        self.clock = -(10**16)
        self.buckets = defaultdict(list)  # time -> transactions in order of arrival
        self.cards = defaultdict(lambda: [Window(w) for w in widths])

    def push(self, batch):
        for transaction in batch:
            time = transaction[1]
            if time > self.clock:
                self.clock = time
            if self.clock - time > self.lateness:
                self.late += 1
            else:
                self.buckets[time].append(transaction)
        final = sorted(t for t in self.buckets if self.clock - t > self.lateness)
        answer = self.emit(final)
        now = self.clock - self.lateness
        for card in list(self.cards):
            windows = self.cards[card]
            for window in windows:
                window.move(now)
            if not any(window.items for window in windows):
                del self.cards[card]
        return answer

    def flush(self):
        return self.emit(sorted(self.buckets))

    def emit(self, times):
        answer = []
        for time in times:
            group = self.buckets.pop(time)
            for card, _, amount in group:
                for window in self.cards[card]:
                    window.move(time)
                    window.add(time, amount)
            for card, _, _ in group:
                ws = self.cards[card]
                answer.append(
                    (
                        card,
                        time,
                        [len(w.items) for w in ws],
                        [sum(a for _, a in w.items) for w in ws],
                    )
                )
        return answer
