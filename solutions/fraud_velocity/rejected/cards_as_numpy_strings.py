"""Keeps the cards as strings of NumPy, which lose zero characters at their end; breaks "Cards are any
strings".

verdict: wrong_answer
property: test_counts_are_those_of_each_window
"""

from bisect import bisect_left, bisect_right
from collections import deque

import numpy as np


class Velocity:
    """Counts and sums per card over sliding windows, for a stream that is out of order.

    late: number of transactions so far that arrived too late to count.
    """

    def __init__(self, windows: list[int], lateness: int) -> None:
        if len(windows) == 0:
            raise ValueError("no windows")
        if min(windows) < 1:
            raise ValueError("a window is less than 1")
        if lateness < 0:
            raise ValueError("lateness is less than 0")
        self._windows = tuple(windows)
        self._longest = max(windows)
        self._lateness = lateness
        self._clock = None
        self._pending = []  # (time, number, card, amount)
        self._number = 0
        self._cards = {}  # card -> times, amounts, heads and sums of the windows
        self._log = deque()  # (time, card) of what the cards hold, oldest first
        self.late = 0

    def push(
        self, batch: list[tuple[str, int, int]]
    ) -> list[tuple[str, int, list[int], list[int]]]:
        """Take the next transactions; return the results that have become final."""
        clock, lateness = self._clock, self._lateness
        keys = np.array([card for card, _, _ in batch], dtype=str)
        for (card, time, amount), key in zip(batch, keys):
            if clock is None or time > clock:
                clock = time
            elif time < clock - lateness:
                self.late += 1
                continue
            self._number += 1
            self._pending.append((time, self._number, (str(key), card), amount))
        self._clock = clock
        if clock is None:
            return []
        return self._until(clock - lateness)

    def flush(self) -> list[tuple[str, int, list[int], list[int]]]:
        """Return the results that are left, at the end of the stream."""
        return self._until(None)

    def _until(self, limit):
        pending = self._pending
        pending.sort()
        if limit is None:
            n = len(pending)
        else:
            n = bisect_left(pending, (limit,))
        results = []
        cards, windows, log = self._cards, self._windows, self._log
        end = 0
        while end < n:
            start, time = end, pending[end][0]
            while end < n and pending[end][0] == time:
                _, _, (card, _), amount = pending[end]
                state = cards.get(card)
                if state is None:
                    cards[card] = [time], [amount], [0] * len(windows), [amount] * len(windows)
                else:
                    times, amounts, heads, sums = state
                    times.append(time)
                    amounts.append(amount)
                    for i in range(len(sums)):
                        sums[i] += amount
                log.append((time, card))
                end += 1
            for _, _, (card, name), _ in pending[start:end]:
                times, amounts, heads, sums = cards[card]
                size = len(times)
                counts = []
                for i, w in enumerate(windows):
                    head, oldest = heads[i], time - w
                    if times[head] <= oldest:
                        while times[head] <= oldest:
                            sums[i] -= amounts[head]
                            head += 1
                        heads[i] = head
                    counts.append(size - head)
                results.append((name, time, counts, sums[:]))
        del pending[:n]
        if limit is not None:
            self._forget(limit - self._longest)
        return results

    def _forget(self, oldest):
        log = self._log
        touched = set()
        while log and log[0][0] <= oldest:
            touched.add(log.popleft()[1])
        for card in touched:
            times, amounts, heads, sums = self._cards[card]
            gone = bisect_right(times, oldest)
            if gone == len(times):
                del self._cards[card]
                continue
            for i, head in enumerate(heads):
                if head < gone:
                    sums[i] -= sum(amounts[head:gone])
                heads[i] = max(head - gone, 0)
            del times[:gone], amounts[:gone]
