"""scikit-learn's TruncatedSVD of the sparse table of what users think beyond the means.

What is not rated is a zero to it, so its answer is too small by the share of pairs that are rated.

uses: sklearn.decomposition scipy
"""

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD


class _Numbers(dict):
    def __init__(self, ids):
        texts = sorted(one for one in ids if isinstance(one, str))
        self.ids = sorted(one for one in ids if not isinstance(one, str)) + texts
        super().__init__((one, k) for k, one in enumerate(self.ids))


class Recommender:
    def fit(self, user_ids, item_ids, ratings):
        columns = [c.tolist() if isinstance(c, np.ndarray) else c for c in (user_ids, item_ids)]
        values = np.array(ratings, dtype=np.float64)
        if not len(columns[0]) == len(columns[1]) == values.size > 0:
            raise ValueError("no ratings, or columns of different length")
        if np.isnan(values).any() or np.isinf(values).any():
            raise ValueError("NaN or infinity among the ratings")
        cells = dict(zip(zip(*columns), values.tolist()))
        self._users = _Numbers({user for user, _ in cells})
        self._items = _Numbers({item for _, item in cells})
        rows = np.array([self._users[user] for user, _ in cells])
        cols = np.array([self._items[item] for _, item in cells])
        shape = len(self._users), len(self._items)
        order = np.lexsort((cols, rows))
        rows, cols = rows[order], cols[order]
        given = np.array(list(cells.values()))[order]
        self._bounds = given.min(), given.max()
        self._mean = given.mean()
        self._of_user = np.bincount(rows, given) / np.bincount(rows)
        self._of_item = np.bincount(cols, given) / np.bincount(cols)
        rest = given - self._of_item[cols]
        self._offset = np.bincount(rows, rest) / (np.bincount(rows) + 2)
        rest = rest - self._offset[rows]
        self._table = csr_matrix((rest, (rows, cols)), shape=shape)
        self._left, self._right = np.zeros((shape[0], 1)), np.zeros((1, shape[1]))
        rank = min(2, min(shape) - 1)
        if rank > 0 and np.abs(rest).max() > 1e-9 * np.abs(given).max():
            svd = TruncatedSVD(rank, algorithm="randomized", n_iter=10, random_state=0)
            share = max(len(rest) / (shape[0] * shape[1]), 0.05)
            self._left = svd.fit_transform(self._table) / share
            self._right = svd.components_
        return self

    def _scores(self, user):
        if user is None:
            return self._of_item
        scores = self._of_item + self._offset[user] + self._left[user] @ self._right
        return scores.clip(*self._bounds)

    def predict(self, user_id, item_id):
        user, item = self._users.get(user_id), self._items.get(item_id)
        if item is not None:
            return self._scores(user)[item]
        return self._mean if user is None else self._of_user[user]

    def recommend(self, user_id, n):
        if n < 0:
            raise ValueError("n is negative")
        user = self._users.get(user_id)
        rated = set()
        if user is not None:
            rated = set(self._table.indices[slice(*self._table.indptr[user : user + 2])].tolist())
        scores = self._scores(user)
        ranked = [k for k in np.lexsort((-np.arange(len(scores)), -scores)) if k not in rated]
        return [self._items.ids[k] for k in ranked[:n]]
