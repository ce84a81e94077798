"""Returns what is less than the latest time there is at the end; breaks "`flush` returns all results
that are left" for "ints from -10**15 to 10**15".

verdict: wrong_answer
property: test_each_transaction_in_time_has_one_result
"""

import heapq
from bisect import bisect_right
from collections import deque
from itertools import count


class _Card:
    __slots__ = ("times", "totals", "head")

    def __init__(self):
        self.times, self.totals, self.head = [], [0], 0  # totals[i]: amounts of times[:i]


class Velocity:
    __slots__ = (
        "_windows",
        "_keep",
        "_lateness",
        "_clock",
        "_heap",
        "_ticket",
        "_cards",
        "_old",
        "_late",
    )

    def __init__(self, windows: list[int], lateness: int) -> None:
        if not windows or any(w < 1 for w in windows) or lateness < 0:
            raise ValueError("windows must be some numbers of at least 1, lateness at least 0")
        self._windows = list(windows)
        self._keep = max(windows)
        self._lateness = lateness
        self._clock = -(10**30)
        self._heap = []
        self._ticket = count()
        self._cards = {}
        self._old = deque()
        self._late = 0

    @property
    def late(self) -> int:
        return self._late

    def push(self, batch):
        for card, time, amount in batch:
            if time < self._clock - self._lateness:
                self._late += 1
                continue
            if time > self._clock:
                self._clock = time
            heapq.heappush(self._heap, (time, next(self._ticket), card, amount))
        limit = self._clock - self._lateness
        answer = self._release(limit)
        self._forget(limit - self._keep)
        return answer

    def flush(self):
        return self._release(10**15)

    def _release(self, limit):
        heap, cards, windows = self._heap, self._cards, self._windows
        taken = []
        while heap and heap[0][0] < limit:
            time, _, card, amount = heapq.heappop(heap)
            state = cards.get(card)
            if state is None:
                state = cards[card] = _Card()
            state.times.append(time)
            state.totals.append(state.totals[-1] + amount)
            taken.append((time, card, state))
        self._old.extend(taken)
        answer = []
        for time, card, state in taken:
            times, totals, head = state.times, state.totals, state.head
            end = len(times) if times[-1] == time else bisect_right(times, time, head)
            top, counts, sums = totals[end], [], []
            for w in windows:
                start = bisect_right(times, time - w, head, end)
                counts.append(end - start)
                sums.append(top - totals[start])
            answer.append((card, time, counts, sums))
        return answer

    def _forget(self, oldest):
        while self._old and self._old[0][0] <= oldest:
            _, card, state = self._old.popleft()
            state.head += 1
            if state.head == len(state.times):
                del self._cards[card]
            elif state.head * 2 > len(state.times):
                base = state.totals[state.head]
                del state.times[: state.head]
                state.totals = [t - base for t in state.totals[state.head :]]
                state.head = 0
