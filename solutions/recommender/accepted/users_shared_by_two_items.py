"""Looks up, for each two items, the users who have rated both, and correlates their ratings."""

import math
from collections import defaultdict


def _plain(i):
    if isinstance(i, str):
        return str(i)
    return int(i)


def _key(i):
    return (isinstance(i, str), i)


class Recommender:
    def fit(self, user_ids, item_ids, ratings):
        if not (len(user_ids) == len(item_ids) == len(ratings)) or len(ratings) == 0:
            raise ValueError("lengths")
        values = [float(r) for r in ratings]
        if not all(math.isfinite(v) for v in values):
            raise ValueError("ratings")
        table = {}
        for u, i, r in zip(user_ids, item_ids, values):
            table[_plain(u), _plain(i)] = r
        self.lo, self.hi = min(table.values()), max(table.values())
        span = (self.hi - self.lo) or 1.0
        self.span = span
        by_user, by_item = defaultdict(dict), defaultdict(dict)
        for u, i in sorted(table, key=lambda p: (_key(p[0]), _key(p[1]))):
            r = (table[u, i] - self.lo) / span
            by_user[u][i] = r
            by_item[i][u] = r
        self.by_user, self.by_item = dict(by_user), dict(by_item)
        self.item_mean = {i: sum(d.values()) / len(d) for i, d in by_item.items()}
        self.user_mean = {u: sum(d.values()) / len(d) for u, d in by_user.items()}
        n = len(table)
        self.mean = sum(r for d in self.by_user.values() for r in d.values()) / n
        im = self.item_mean
        dev = {i: {u: r - im[i] for u, r in d.items()} for i, d in self.by_item.items()}
        self.near = {i: {} for i in self.by_item}
        for i in self.by_item:
            others = set()
            for u in self.by_item[i]:
                others.update(self.by_user[u])
            for j in others:
                if j == i or j in self.near[i]:
                    continue
                a, b = dev[i], dev[j]
                both = [u for u in a if u in b]
                v = sum(a[u] * b[u] for u in both)
                den = math.sqrt(sum(a[u] ** 2 for u in both)) * math.sqrt(
                    sum(b[u] ** 2 for u in both)
                )
                if den > 1e-12:
                    s = v / den * len(both) / (len(both) + 5)
                    self.near[i][j] = self.near[j][i] = s
        return self

    def _back(self, x):
        return min(max(self.lo + x * self.span, self.lo), self.hi)

    def _estimate(self, u, i):
        num = den = 0.0
        near = self.near[i]
        for j, r in self.by_user[u].items():
            s = near.get(j)
            if s is not None and j != i:
                w = s * abs(s)
                num += w * (r - self.item_mean[j])
                den += abs(w)
        return self.item_mean[i] + (num / den if den > 1e-9 else 0.0)

    def predict(self, user_id, item_id):
        u, i = _plain(user_id), _plain(item_id)
        if u in self.by_user:
            if i in self.by_item:
                return self._back(self._estimate(u, i))
            return self._back(self.user_mean[u])
        if i in self.by_item:
            return self._back(self.item_mean[i])
        return self._back(self.mean)

    def recommend(self, user_id, n):
        if n < 0:
            raise ValueError("n")
        u = _plain(user_id)
        seen = self.by_user.get(u, {})
        rest = [i for i in self.by_item if i not in seen]
        score = {i: self.predict(u, i) for i in rest}
        rest.sort(key=lambda i: -score[i])
        return rest[:n]
