"""Serves a new user before it looks at n, so that recommend("new", -1) is a list; breaks
"`recommend` raises it when n is negative".

verdict: wrong_answer
property: test_impossible_arguments_are_refused
"""

from math import fsum, isfinite, sqrt


def _plain(name):
    return str(name) if isinstance(name, str) else int(name)


class Recommender:
    def fit(self, user_ids, item_ids, ratings):
        if not len(user_ids) == len(item_ids) == len(ratings):
            raise ValueError("three lists of one length, please")
        numbers = [float(r) for r in ratings]
        if not numbers:
            raise ValueError("no rating")
        if not all(map(isfinite, numbers)):
            raise ValueError("NaN or infinity")
        last = {}
        for u, i, r in zip(user_ids, item_ids, numbers):
            last[_plain(u), _plain(i)] = r
        self._low, self._high = min(last.values()), max(last.values())
        # everything below is in units of the largest rating: no overflow
        self._unit = max(abs(self._low), abs(self._high)) or 1.0
        of_user, of_item = {}, {}
        for (u, i), r in last.items():
            of_user.setdefault(u, {})[i] = r / self._unit
            of_item.setdefault(i, {})[u] = r / self._unit
        self._of_item = of_item
        self._user_mean = {u: fsum(v.values()) / len(v) for u, v in of_user.items()}
        self._item_mean = {i: fsum(v.values()) / len(v) for i, v in of_item.items()}
        self._mean = fsum(r / self._unit for r in last.values()) / len(last)
        self._dev = {
            u: {i: r - self._user_mean[u] for i, r in v.items()} for u, v in of_user.items()
        }
        return self

    def _out(self, value):
        return min(max(value * self._unit, self._low), self._high)

    def _weight(self, u, v):
        a, b = self._dev[u], self._dev[v]
        if len(b) < len(a):
            a, b = b, a
        ab = aa = bb = 0.0
        n = 0
        for i, x in a.items():
            y = b.get(i)
            if y is not None:
                ab += x * y
                aa += x * x
                bb += y * y
                n += 1
        norm = sqrt(aa) * sqrt(bb)
        if norm < 1e-12:
            return 0.0
        s = max(-1.0, min(1.0, ab / norm)) * n / (n + 3)
        return s * abs(s) ** 2

    def _score(self, u, i, weight):
        top, bottom = [], []
        for v in self._of_item[i]:
            w = 0.0 if v == u else weight(v)
            top.append(w * self._dev[v][i])
            bottom.append(abs(w))
        return self._user_mean[u] + fsum(top) / (fsum(bottom) + 1e-3)

    def predict(self, user_id, item_id):
        u, i = _plain(user_id), _plain(item_id)
        if u not in self._dev:
            return self._out(self._item_mean.get(i, self._mean))
        if i not in self._of_item:
            return self._out(self._user_mean[u])
        return self._out(self._score(u, i, lambda v: self._weight(u, v)))

    def recommend(self, user_id, n):
        u = _plain(user_id)
        if u not in self._dev:
            return sorted(self._item_mean, key=self._item_mean.get, reverse=True)[:n]
        if n < 0:
            raise ValueError("n must not be negative")
        else:
            near = {v for i in self._dev[u] for v in self._of_item[i]} - {u}
            weights = {v: self._weight(u, v) for v in near}
            scores = {
                i: self._score(u, i, lambda v: weights.get(v, 0.0))
                for i in self._of_item
                if i not in self._dev[u]
            }
        order = sorted(scores, key=scores.get, reverse=True)
        return order[:n]
