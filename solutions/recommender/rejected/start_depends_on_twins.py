"""Sorts ids by their text, so that 1 and "1" swap the random factors that they start from. 25
rounds of least squares hide it in easy cases; breaks "Shuffling the ratings changes no prediction".

verdict: wrong_answer
property: test_the_order_of_the_ratings_is_irrelevant
"""

import numpy as np

RANK = 4


def _names(ids):
    if isinstance(ids, np.ndarray):
        ids = ids.tolist()
    return [str(x) if isinstance(x, str) else int(x) for x in ids]


class Recommender:
    def fit(self, user_ids, item_ids, ratings):
        users, items = _names(user_ids), _names(item_ids)
        r = np.array(ratings, dtype=np.float64)
        if not (len(users) == len(items) == len(r)) or len(r) == 0:
            raise ValueError("lengths")
        if not np.isfinite(r).all():
            raise ValueError("NaN or infinity")
        self._users = {u: k for k, u in enumerate(sorted(dict.fromkeys(users), key=str))}
        self._items = {i: k for k, i in enumerate(sorted(dict.fromkeys(items), key=str))}
        self._names = np.empty(len(self._items), dtype=object)
        self._names[:] = list(self._items)
        nu, ni = len(self._users), len(self._items)
        pair = np.array([self._users[u] for u in users], dtype=np.int64) * ni
        pair += np.array([self._items[i] for i in items], dtype=np.int64)
        # the last of each pair: the first of the reversed list
        pair, first = np.unique(pair[::-1], return_index=True)
        r = r[::-1][first]
        u, i = np.divmod(pair, ni)
        self._low, self._high = r.min(), r.max()
        self._scale = np.abs(r).max() or 1.0
        r = r / self._scale
        cu, ci = np.bincount(u, minlength=nu), np.bincount(i, minlength=ni)
        self._user_mean = np.bincount(u, r, nu) / cu
        self._item_mean = np.bincount(i, r, ni) / ci
        self._mean = r.mean()
        self._rated = np.split(i, np.cumsum(cu)[:-1])
        spread = r.std()
        z = (r - self._mean) / (spread if spread > 1e-12 else 1.0)
        self._spread = spread if spread > 1e-12 else 0.0

        by_item = np.argsort(i, kind="stable")
        rng = np.random.default_rng(12345)
        # each row: factors, and a constant that carries the other side's bias
        Q = np.ones((ni, RANK + 1))
        Q[:, :RANK] = rng.normal(size=(ni, RANK))
        for _ in range(25 if len(r) < 5000 else 2):
            P = self._solve(Q[i], z, cu)
            Q = self._solve(P[u[by_item]], z[by_item], ci)
        self._P, self._Q = self._solve(Q[i], z, cu), Q
        return self

    @staticmethod
    def _solve(F, z, counts):
        starts = np.cumsum(counts) - counts
        k = F.shape[1]
        a, b = np.triu_indices(k)
        sums = np.add.reduceat(F[:, a] * F[:, b], starts, axis=0)
        A = np.empty((len(counts), k, k))
        A[:, a, b] = sums
        A[:, b, a] = sums
        A[:, range(k), range(k)] += 0.3 + 0.05 * counts[:, None]
        return np.linalg.solve(A, np.add.reduceat(F * z[:, None], starts, axis=0)[:, :, None])[
            :, :, 0
        ]

    def _row(self, k):
        x = self._mean + self._spread * (self._Q @ self._P[k])
        return np.clip(x * self._scale, self._low, self._high)

    def predict(self, user_id, item_id):
        u, i = self._users.get(user_id), self._items.get(item_id)
        if u is None:
            x = self._mean if i is None else self._item_mean[i]
        elif i is None:
            x = self._user_mean[u]
        else:
            x = self._mean + self._spread * (self._Q[i] @ self._P[u])
        return np.clip(x * self._scale, self._low, self._high)

    def recommend(self, user_id, n):
        if n < 0:
            raise ValueError("n")
        u = self._users.get(user_id)
        if u is None:
            order = np.argsort(-self._item_mean, kind="stable")
        else:
            free = np.ones(len(self._names), dtype=bool)
            free[self._rated[u]] = False
            free = np.flatnonzero(free)
            order = free[np.argsort(-self._row(u)[free], kind="stable")]
        return self._names[order[: min(n, len(order))]].tolist()
