"""Keeps predictions, and does not forget them in a second `fit`; breaks "with a new model as well as
with one that had been fitted before".

verdict: wrong_answer
property: test_the_same_ratings_give_the_same_answers
"""

import math
from collections import defaultdict

import numpy as np


class Recommender:
    def __init__(self):
        self.known = {}

    def fit(self, user_ids, item_ids, ratings):
        ids = [list(map(self._norm, x)) for x in (user_ids, item_ids)]
        r = [float(x) for x in ratings]
        if not r or {len(ids[0]), len(ids[1])} != {len(r)}:
            raise ValueError
        if any(math.isnan(x) or math.isinf(x) for x in r):
            raise ValueError
        final = dict(zip(zip(*ids), r))
        self.low, self.high = min(final.values()), max(final.values())
        self.unit = self.high - self.low or 1.0
        self.U, self.I = {}, {}
        for u, i in sorted(final, key=repr):
            v = (final[u, i] - self.low) / self.unit
            self.U.setdefault(u, {})[i] = v
            self.I.setdefault(i, {})[u] = v
        self.mu = {u: math.fsum(d.values()) / len(d) for u, d in self.U.items()}
        self.mi = {i: math.fsum(d.values()) / len(d) for i, d in self.I.items()}
        self.g = math.fsum(v for d in self.U.values() for v in d.values()) / len(final)
        self.memo = {}
        return self

    @staticmethod
    def _norm(i):
        return i.item() if isinstance(i, np.generic) else i

    def _weights(self, u):
        if u not in self.memo:
            xy, xx, yy, c = (defaultdict(float) for _ in range(4))
            for i, r in self.U[u].items():
                a = r - self.mi[i]
                for v, s in self.I[i].items():
                    b = s - self.mi[i]
                    xy[v] += a * b
                    xx[v] += a * a
                    yy[v] += b * b
                    c[v] += 1
            self.memo[u] = {
                v: xy[v] / math.sqrt(xx[v] * yy[v]) * c[v] / (c[v] + 3)
                for v in xy
                if v != u and xx[v] * yy[v] > 1e-18
            }
        return self.memo[u]

    def _score(self, u, i):
        w = self._weights(u)
        top = bot = 0.0
        for v, r in self.I[i].items():
            if v in w and w[v] > 0:
                q = w[v] ** 2
                top += q * (r - self.mi[i])
                bot += q
        return self.mi[i] + (top / bot if bot > 1e-9 else 0)

    def predict(self, user_id, item_id):
        u, i = self._norm(user_id), self._norm(item_id)
        if u in self.U and i in self.I:
            x = self.known.setdefault((u, i), None)
            if x is None:
                x = self.known[u, i] = self._score(u, i)
        elif i in self.I:
            x = self.mi[i]
        else:
            x = self.mu.get(u, self.g)
        return np.float64(max(self.low, min(self.high, self.low + self.unit * x)))

    def recommend(self, user_id, n):
        if n < 0:
            raise ValueError("n is negative")
        have = self.U.get(self._norm(user_id), ())
        todo = [(-self.predict(user_id, i), repr(i), i) for i in self.I if i not in have]
        todo.sort(key=lambda t: t[:2])
        return [i for _, _, i in todo[:n]]
