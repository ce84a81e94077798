"""scipy.sparse multiplies the tables of tastes, and keeps the most similar items of each item.

uses: scipy.sparse
"""

import numpy as np
from scipy import sparse


class Recommender:
    _NEAREST = 40

    def fit(self, user_ids, item_ids, ratings):
        if not len(user_ids) == len(item_ids) == len(ratings) or len(ratings) == 0:
            raise ValueError("as many users as items and ratings, and at least one")
        r = np.array(ratings, dtype="float64")
        if not np.all(np.isfinite(r)):
            raise ValueError("ratings must be finite")
        names = []
        for ids in (user_ids, item_ids):
            ids = ids.tolist() if isinstance(ids, np.ndarray) else ids
            numbers = sorted({one for one in ids if not isinstance(one, str)})
            known = numbers + sorted({one for one in ids if isinstance(one, str)})
            names.append((known, {one: at for at, one in enumerate(known)}, ids))
        (_, self.u_at, us), (self.i_names, self.i_at, its) = names
        code = np.array([self.u_at[u] * len(self.i_at) + self.i_at[i] for u, i in zip(us, its)])
        # np.unique finds first places, so the lists are turned round to find the last ones.
        code, place = np.unique(code[::-1], return_index=True)
        r = r[::-1][place]
        u, i = np.divmod(code, len(self.i_at))
        self.low, self.high, self.all = r.min(), r.max(), r.mean()
        count_u, count_i = np.bincount(u), np.bincount(i)
        self.u_mean, self.i_mean = np.bincount(u, r) / count_u, np.bincount(i, r) / count_i
        gap = r - self.i_mean[i]
        self.u_gap = np.bincount(u, gap) / (count_u + 1.5)
        gap = gap - self.u_gap[u]
        gap[np.abs(gap) < 1e-9 * np.abs(r).max()] = 0
        shape = (len(count_u), len(count_i))
        self.taste = sparse.csr_array((gap, (u, i)), shape=shape)
        seen = sparse.csr_array((np.ones(len(r)), (u, i)), shape=shape)
        self.rated = seen
        length = np.sqrt(np.bincount(i, gap**2))
        length[length == 0] = 1
        unit = (self.taste @ sparse.diags_array(1 / length)).tocsr()
        alike = (unit.T @ unit).tocoo()
        pairs = (seen.T @ seen).tocsr()[alike.coords[0], alike.coords[1]]
        common = pairs.toarray().ravel() if sparse.issparse(pairs) else np.ravel(pairs)
        keep = alike.coords[0] != alike.coords[1]
        row, column = alike.coords[0][keep], alike.coords[1][keep]
        weight = (alike.data * common / (common + 3))[keep]
        order = np.lexsort((column, -np.round(np.abs(weight), 9), row))
        row, column, weight = row[order], column[order], weight[order]
        place = np.arange(len(row)) - np.searchsorted(row, row)
        near = place < self._NEAREST
        entries = (weight[near], (row[near], column[near]))
        self.alike = sparse.csr_array(entries, shape=(shape[1], shape[1]))
        self.weight = abs(self.alike)
        return self

    def _row(self, u):
        mine = self.taste[[u]].toarray()[0]
        have = self.rated[[u]].toarray()[0]
        weight = self.weight @ have
        taste = np.divide(self.alike @ mine, weight, out=np.zeros(len(mine)), where=weight > 1e-9)
        return np.clip(self.i_mean + self.u_gap[u] + taste, self.low, self.high), have > 0

    def predict(self, user_id, item_id):
        u, i = self.u_at.get(user_id), self.i_at.get(item_id)
        if u is None:
            return float(self.all if i is None else self.i_mean[i])
        return float(self.u_mean[u] if i is None else self._row(u)[0][i])

    def recommend(self, user_id, n):
        if n < 0:
            raise ValueError("n")
        if user_id in self.u_at:
            scores, rated = self._row(self.u_at[user_id])
        else:
            scores, rated = self.i_mean, np.zeros(len(self.i_mean), bool)
        left = [(-scores[k], k) for k in np.flatnonzero(~rated)]
        return [self.i_names[k] for _, k in sorted(left)[:n]]
