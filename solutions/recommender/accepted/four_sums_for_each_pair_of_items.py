"""Adds up four sums for each pair of items that a user has rated, each in a dictionary of its own:
what a correlation among the users who have rated both is made of.
"""

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
        dots = defaultdict(float)
        norm_a = defaultdict(float)
        norm_b = defaultdict(float)
        count = defaultdict(int)
        im = self.item_mean
        for u, d in self.by_user.items():
            rows = [(i, r - im[i]) for i, r in d.items()]
            for a in range(len(rows)):
                i, x = rows[a]
                for b in range(a):
                    j, y = rows[b]
                    dots[j, i] += x * y
                    norm_a[j, i] += y * y
                    norm_b[j, i] += x * x
                    count[j, i] += 1
        self.near = {i: {} for i in self.by_item}
        for (j, i), v in dots.items():
            den = math.sqrt(norm_a[j, i]) * math.sqrt(norm_b[j, i])
            if den > 1e-12:
                c = count[j, i]
                s = v / den * c / (c + 5)
                self.near[i][j] = s
                self.near[j][i] = s
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
