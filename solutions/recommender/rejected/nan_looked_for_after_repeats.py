"""Looks for NaN once the repeats are dropped; breaks "also one that does not count because the
pair is repeated".

verdict: wrong_answer
property: test_impossible_arguments_are_refused
"""

import math

import numpy as np


def _plain(seq):
    return seq.tolist() if isinstance(seq, np.ndarray) else list(seq)


def _id(x):
    return str(x) if isinstance(x, str) else int(x)


def _key(x):
    return (isinstance(x, str), x)


class Recommender:
    SHRINK = 3.0

    def fit(self, user_ids, item_ids, ratings):
        users, items, values = _plain(user_ids), _plain(item_ids), _plain(ratings)
        if not len(users) == len(items) == len(values):
            raise ValueError("lengths differ")
        if not values:
            raise ValueError("no ratings")
        values = [float(v) for v in values]
        last = {}
        for u, i, v in zip(map(_id, users), map(_id, items), values):
            last[u, i] = v
        if not all(map(math.isfinite, last.values())):
            raise ValueError("NaN or infinite rating")
        self._users = sorted({u for u, _ in last}, key=_key)
        self._items = sorted({i for _, i in last}, key=_key)
        self._u = {u: a for a, u in enumerate(self._users)}
        self._i = {i: a for a, i in enumerate(self._items)}
        m, n = len(self._users), len(self._items)
        U = np.array([self._u[u] for u, _ in last])
        items = np.array([self._i[i] for _, i in last])
        R = np.array(list(last.values()))
        order = np.lexsort((items, U))
        U, items, R = U[order], items[order], R[order]
        self._lo, self._hi = float(R.min()), float(R.max())
        self._scale = max(abs(self._lo), abs(self._hi)) or 1.0
        R = R / self._scale
        self._mean = R.mean()
        self._umean = np.bincount(U, R, m) / np.bincount(U, minlength=m)
        self._imean = np.bincount(items, R, n) / np.bincount(items, minlength=n)
        self._start = np.searchsorted(U, np.arange(m + 1))
        # differences from the item's mean plus the user's own offset
        off = R - self._imean[items]
        cnt = np.bincount(U, minlength=m)
        bias = np.bincount(U, off, m) / (cnt + 1.0)
        dev = off - bias[U]
        self._bias, self._I, self._dev = bias, items, dev
        sim = np.zeros(n * n)
        sq = np.bincount(items, dev * dev, n)
        # pairs, user by user, users of the same number of ratings together; in chunks
        for c in np.unique(cnt):
            rows = np.flatnonzero(cnt == c)
            step = max(1, 2_000_000 // int(c * c))
            for a in range(0, len(rows), step):
                pos = self._start[rows[a : a + step], None] + np.arange(c)
                it, dv = items[pos], dev[pos]
                left = (it[:, :, None] * n + it[:, None, :]).ravel()
                prod = (dv[:, :, None] * dv[:, None, :]).ravel()
                if len(left) * 8 > len(sim):
                    sim += np.bincount(left, prod, n * n)
                else:
                    key, back = np.unique(left, return_inverse=True)
                    sim[key] += np.bincount(back.ravel(), prod)
        sim = sim.reshape(n, n)
        norm = np.sqrt(sq + self.SHRINK * (sq.sum() / len(R)))
        norm[norm == 0] = 1.0
        sim /= norm
        sim /= norm[:, None]
        np.fill_diagonal(sim, 0.0)
        self._sim = sim
        return self

    def _all(self, a):
        """Predictions of the known user number a for all items."""
        mine = slice(self._start[a], self._start[a + 1])
        S = self._sim[self._I[mine]]
        weight = np.abs(S).sum(axis=0)
        extra = self._dev[mine] @ S
        with np.errstate(invalid="ignore", divide="ignore"):
            extra = np.where(weight > 1e-12, extra / weight, 0.0)
        return self._imean + self._bias[a] + extra

    def _clip(self, v):
        return float(min(max(float(v) * self._scale, self._lo), self._hi))

    def predict(self, user_id, item_id):
        a, b = self._u.get(_id(user_id)), self._i.get(_id(item_id))
        if a is None and b is None:
            return self._clip(self._mean)
        if a is None:
            return self._clip(self._imean[b])
        if b is None:
            return self._clip(self._umean[a])
        return self._clip(self._all(a)[b])

    def recommend(self, user_id, n):
        if n < 0:
            raise ValueError("n is negative")
        a = self._u.get(_id(user_id))
        if a is None:
            score, rated = self._imean, np.zeros(0, dtype=int)
        else:
            score, rated = self._all(a), self._I[self._start[a] : self._start[a + 1]]
        score = np.clip(score * self._scale, self._lo, self._hi)
        rated = set(rated.tolist())
        order = [b for b in np.argsort(-score, kind="stable").tolist() if b not in rated]
        return [self._items[b] for b in order[:n]]
