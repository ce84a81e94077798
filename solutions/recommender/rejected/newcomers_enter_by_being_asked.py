"""Keeps ratings in defaultdicts, into which a newcomer enters by being asked for; breaks "Asking does
not change a model, not even asking for newcomers".

verdict: wrong_answer
property: test_asking_does_not_change_the_model
"""

from collections import defaultdict
from math import fsum, isfinite, sqrt

import numpy as np


def clean(x):
    if isinstance(x, str):
        return str(x)
    return int(x)


def order(x):
    return isinstance(x, str), x


class Recommender:
    def __init__(self):
        self.by_user, self.by_item = {}, {}

    def fit(self, user_ids, item_ids, ratings):
        if not (len(user_ids) == len(item_ids) == len(ratings)):
            raise ValueError("different lengths")
        if len(ratings) == 0:
            raise ValueError("nothing to learn from")
        r = [float(x) for x in ratings]
        for x in r:
            if not isfinite(x):
                raise ValueError("rating %r" % x)
        last = {}
        for k in range(len(r)):
            last[clean(user_ids[k]), clean(item_ids[k])] = r[k]
        self.low, self.high = min(last.values()), max(last.values())
        self.size = max(-self.low, self.high) or 1.0
        by_user, by_item = defaultdict(dict), defaultdict(dict)
        for u, i in sorted(last, key=lambda p: (order(p[0]), order(p[1]))):
            v = last[u, i] / self.size
            by_user[u][i] = v
            by_item[i][u] = v
        self.by_user, self.by_item = by_user, by_item
        self.items = sorted(by_item, key=order)
        self.user_mean = {u: fsum(d.values()) / len(d) for u, d in by_user.items()}
        self.item_mean = {i: fsum(d.values()) / len(d) for i, d in by_item.items()}
        self.mean = fsum(x for d in by_user.values() for x in d.values()) / len(last)
        # the user's offset from the items' means, damped, and what is left
        self.offset, self.left = {}, {}
        for u, d in by_user.items():
            self.offset[u] = fsum(v - self.item_mean[i] for i, v in d.items()) / (len(d) + 1)
            self.left[u] = {i: v - self.item_mean[i] - self.offset[u] for i, v in d.items()}
        self.power = {u: fsum(x * x for x in d.values()) for u, d in self.left.items()}
        self.typical = fsum(self.power.values()) / len(last)
        return self

    def _likeness(self, u):
        dots = {}
        for i, x in self.left[u].items():
            for v in self.by_item[i]:
                if v != u:
                    dots[v] = dots.get(v, 0.0) + x * self.left[v][i]
        pad = 3.0 * self.typical
        a = self.power[u] + pad
        return (
            {v: s / sqrt(a * (self.power[v] + pad)) for v, s in dots.items() if s} if a > 0 else {}
        )

    def _guess(self, u, i, like):
        up = down = 0.0
        for v in self.by_item[i]:
            w = like.get(v)
            if w:
                up += w * self.left[v][i]
                down += abs(w)
        extra = up / down if down > 1e-12 else 0.0
        return self._back(self.item_mean[i] + self.offset[u] + extra)

    def _back(self, x):
        return min(max(x * self.size, self.low), self.high)

    def predict(self, user_id, item_id):
        u, i = clean(user_id), clean(item_id)
        if u not in self.by_user:
            return self._back(self.item_mean.get(i, self.mean))
        if i not in self.by_item:
            return self._back(self.user_mean.get(u, self.mean))
        return self._guess(u, i, self._likeness(u)) if u in self.left else self._back(self.mean)

    def recommend(self, user_id, n):
        if n < 0:
            raise ValueError("negative n")
        u = clean(user_id)
        seen = self.by_user[u]
        if seen and u in self.left:
            like = self._likeness(u)
            scored = [
                (-self._guess(u, i, like), k) for k, i in enumerate(self.items) if i not in seen
            ]
        else:
            scored = [(-self._back(self.item_mean[i]), k) for k, i in enumerate(self.items)]
        return [self.items[k] for _, k in sorted(scored)[:n]]
