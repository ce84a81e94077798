"""Keeps the predictions of damped factors within all ratings, the overwritten ones among them; breaks
"not below the smallest and not above the largest rating that counts".

verdict: wrong_answer
property: test_only_the_last_rating_of_a_pair_counts
"""

import math

import numpy as np


def _plain(x):
    return str(x) if isinstance(x, str) else int(x)


def _order(ids):
    return sorted(ids, key=lambda x: (isinstance(x, str), x))


class Recommender:
    RANK = 3
    ROUNDS = 5
    REG = 1.0

    def fit(self, user_ids, item_ids, ratings):
        n = len(ratings)
        if len(user_ids) != n or len(item_ids) != n:
            raise ValueError("lengths differ")
        if n == 0:
            raise ValueError("no ratings")
        r = np.array(ratings, dtype=np.float64)
        if not np.isfinite(r).all():
            raise ValueError("ratings must be finite")
        users = list(map(_plain, user_ids))
        items = list(map(_plain, item_ids))
        last = dict(zip(zip(users, items), r.tolist()))
        self._items = _order({i for _, i in last})
        user_list = _order({u for u, _ in last})
        self._u = {u: k for k, u in enumerate(user_list)}
        self._i = {i: k for k, i in enumerate(self._items)}
        nu, ni = len(user_list), len(self._items)
        m = len(last)
        uc = np.fromiter((self._u[u] for u, _ in last), np.int64, m)
        ic = np.fromiter((self._i[i] for _, i in last), np.int64, m)
        x = np.fromiter(last.values(), np.float64, m)
        order = np.lexsort((ic, uc))
        uc, ic, x = uc[order], ic[order], x[order]
        self._lo, self._hi = float(r.min()), float(r.max())
        self._exp = math.frexp(max(abs(self._lo), abs(self._hi)))[1]
        x = np.ldexp(x, -self._exp)
        cu = np.bincount(uc, minlength=nu)
        ci = np.bincount(ic, minlength=ni)
        self._user_mean = np.bincount(uc, x, nu) / cu
        self._item_mean = np.bincount(ic, x, ni) / ci
        self._mean = x.mean()
        sd = x.std()
        self._sd = sd if sd > 1e-12 else 1.0
        z = (x - self._mean) / self._sd
        bu, bi = np.zeros(nu), np.zeros(ni)
        for _ in range(3):
            bi = np.bincount(ic, z - bu[uc], ni) / (ci + 3.0)
            bu = np.bincount(uc, z - bi[ic], nu) / (cu + 3.0)
        e = z - bu[uc] - bi[ic]
        f = self.RANK
        Q = np.random.default_rng(12345).normal(size=(ni, f))
        by_item = np.lexsort((uc, ic))
        us = np.concatenate(([0], np.cumsum(cu)[:-1]))
        is_ = np.concatenate(([0], np.cumsum(ci)[:-1]))
        uci, ici, ei = uc[by_item], ic[by_item], e[by_item]
        for _ in range(self.ROUNDS):
            P = self._solve(Q[ic], e, us)
            Q = self._solve(P[uci], ei, is_)
        self._bu, self._bi, self._P, self._Q = bu, bi, P, Q
        self._rows = np.concatenate(([0], np.cumsum(cu)))
        self._cols = ic
        return self

    def _solve(self, A, b, starts):
        f = A.shape[1]
        G = np.add.reduceat((A[:, :, None] * A[:, None, :]).reshape(-1, f * f), starts).reshape(
            -1, f, f
        )
        h = np.add.reduceat(A * b[:, None], starts)
        return np.linalg.solve(G + self.REG * np.eye(f), h[:, :, None])[:, :, 0]

    def _back(self, v):
        return min(max(float(np.ldexp(v, self._exp)), self._lo), self._hi)

    def _scores(self, u):
        return self._mean + self._sd * (self._bu[u] + self._bi + (self._Q * self._P[u]).sum(axis=1))

    def predict(self, user_id, item_id):
        u, i = self._u.get(user_id), self._i.get(item_id)
        if u is None and i is None:
            return self._back(self._mean)
        if u is None:
            return self._back(self._item_mean[i])
        if i is None:
            return self._back(self._user_mean[u])
        return self._back(
            self._mean + self._sd * (self._bu[u] + self._bi[i] + (self._Q[i] * self._P[u]).sum())
        )

    def recommend(self, user_id, n):
        if n < 0:
            raise ValueError("n is negative")
        u = self._u.get(user_id)
        if u is None:
            s, free = self._item_mean, np.ones(len(self._items), bool)
        else:
            s = self._scores(u)
            free = np.ones(len(self._items), bool)
            free[self._cols[self._rows[u] : self._rows[u + 1]]] = False
        cand = np.flatnonzero(free)
        best = cand[np.argsort(-s[cand], kind="stable")][:n]
        return [self._items[k] for k in best]
