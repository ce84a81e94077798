"""Matrix factorisation by alternating least squares, all users and then all items solved at once."""

import numpy as np

RANK, ROUNDS, PENALTY = 4, 12, 0.6


class Recommender:
    def fit(self, user_ids, item_ids, ratings):
        users, items = np.asarray(user_ids, object).tolist(), np.asarray(item_ids, object).tolist()
        values = np.asarray(ratings, dtype=float).tolist()
        if len({len(users), len(items), len(values)}) > 1 or not values:
            raise ValueError("three lists of one length above zero are needed")
        if not np.isfinite(values).all():
            raise ValueError("a rating is not finite")
        users, items = [_plain(u) for u in users], [_plain(i) for i in items]
        table = {}
        for u, i, value in zip(users, items, values):
            table[u, i] = value

        def key(one):
            return isinstance(one, str), one

        triples = sorted(table.items(), key=lambda cell: (key(cell[0][0]), key(cell[0][1])))
        self.user_ids = sorted({u for u, _ in table}, key=key)
        self.item_ids = sorted({i for _, i in table}, key=key)
        self.user_at = {u: k for k, u in enumerate(self.user_ids)}
        self.item_at = {i: k for k, i in enumerate(self.item_ids)}
        u = np.array([self.user_at[pair[0]] for pair, _ in triples])
        i = np.array([self.item_at[pair[1]] for pair, _ in triples])
        r = np.array([value for _, value in triples])
        self.mean, self.range = float(r.mean()), (r.min(), r.max())
        self.user_mean = np.bincount(u, r) / np.bincount(u)
        self.item_mean = np.bincount(i, r) / np.bincount(i)
        gap = r - self.item_mean[i]
        self.user_bias = np.bincount(u, gap) / (np.bincount(u) + 3)
        gap = gap - self.user_bias[u]
        scale = np.sqrt(np.mean(gap**2))
        self.rated = np.split(i, np.cumsum(np.bincount(u))[:-1])
        self.P = np.zeros((len(self.user_ids), RANK))
        self.Q = np.random.default_rng(7).normal(size=(len(self.item_ids), RANK))
        if scale > 1e-9 * max(1.0, np.abs(r).max()):
            by_item = np.argsort(i, kind="stable")
            for _ in range(ROUNDS):
                self.P = _solve(u, self.Q[i], gap / scale, len(self.P))
                self.Q = _solve(i[by_item], self.P[u][by_item], gap[by_item] / scale, len(self.Q))
            self.P *= scale
        return self

    def _row(self, user_id):
        u = self.user_at.get(_plain(user_id))
        if u is None:
            return self.item_mean
        row = self.item_mean + self.user_bias[u] + self.Q @ self.P[u]
        return np.clip(row, *self.range)

    def predict(self, user_id, item_id):
        i = self.item_at.get(_plain(item_id))
        if i is None:
            u = self.user_at.get(_plain(user_id))
            return self.mean if u is None else self.user_mean[u]
        return self._row(user_id)[i]

    def recommend(self, user_id, n):
        if n < 0:
            raise ValueError("n < 0")
        row = self._row(user_id).copy()
        u = self.user_at.get(_plain(user_id))
        known = [] if u is None else self.rated[u]
        row[known] = -np.inf
        best = np.argsort(-row)[: min(n, len(row) - len(known))]
        return [self.item_ids[k] for k in best]


def _plain(one):
    return one.item() if isinstance(one, np.generic) else one


def _solve(owner, other, target, size):
    """For each owner the weights w that minimise sum((target - other @ w)**2) + PENALTY * w @ w."""
    starts = np.searchsorted(owner, np.arange(size))
    gram = np.add.reduceat(other[:, :, None] * other[:, None, :], starts, axis=0)
    right = np.add.reduceat(other * target[:, None], starts, axis=0)
    return np.linalg.solve(gram + PENALTY * np.eye(RANK), right[:, :, None])[:, :, 0]
