"""Looks through the users of every item for every other item, also where the two share none.

verdict: time_limit_exceeded
property: test_fit_takes_at_most_5_times_as_long_as_visiting_pairs_of_items
"""

import numpy as np

# A user who differs from the item means in one or two ratings only may not differ in general,
# and two items that few users have rated may be alike by chance: these count as ratings of
# no evidence, added to the others.
USER_DAMPING = 2.0
PAIR_DAMPING = 2.0


class Recommender:
    def fit(self, user_ids, item_ids, ratings):
        user_ids, item_ids, ratings = map(_as_list, (user_ids, item_ids, ratings))
        if not len(user_ids) == len(item_ids) == len(ratings):
            raise ValueError("user_ids, item_ids and ratings differ in length")
        if not ratings:
            raise ValueError("there are no ratings")
        if not np.isfinite(np.array(ratings, dtype=np.float64)).all():
            raise ValueError("ratings must not hold NaN or infinity")

        # A later rating of the same pair overwrites the earlier one. Dicts keep 1 and "1" apart
        # and treat 1 and np.int64(1) alike, which no array of mixed ids would.
        last = dict(zip(zip(user_ids, item_ids), ratings))
        rating = np.array(list(last.values()), dtype=np.float64)

        # Everything below depends on the sorted ratings alone, so not on their order.
        self._users, user = _numbered([user for user, _ in last])
        self._items, item = _numbered([item for _, item in last])
        order = np.lexsort((item, user))
        self._item_ids = list(self._items)
        user, self._rated, rating = user[order], item[order], rating[order]

        self._low, self._high = rating.min(), rating.max()
        self._mean = rating.mean()
        per_user = np.bincount(user)
        self._user_means = np.bincount(user, rating) / per_user
        self._item_means = np.bincount(self._rated, rating) / np.bincount(self._rated)
        # The ratings of user u are those from _start[u] to _start[u + 1].
        self._start = np.concatenate([[0], np.cumsum(per_user)])

        # What is left of a rating when item and user are accounted for is taste.
        rest = rating - self._item_means[self._rated]
        self._offsets = np.bincount(user, rest) / (per_user + USER_DAMPING)
        self._taste = rest - self._offsets[user]
        # What should be zero but for rounding must not become a direction.
        self._taste[np.abs(self._taste) < 1e-9 * max(abs(self._low), abs(self._high))] = 0
        self._find_neighbours(user)
        return self

    def _find_neighbours(self, user):
        """Store the similarities of all items that share a user, row by row."""
        n_items = len(self._items)
        raters = [set() for _ in range(n_items)]
        for who, what in zip(user.tolist(), self._rated.tolist()):
            raters[what].add(who)
        place = {pair: at for at, pair in enumerate(zip(user.tolist(), self._rated.tolist()))}
        left, right = [], []
        for i in range(n_items):
            for j in range(n_items):
                for who in sorted(raters[i]):
                    if i != j and who in raters[j]:
                        left.append(place[who, i])
                        right.append(place[who, j])
        left, right = np.array(left, dtype=int), np.array(right, dtype=int)

        # Pairs of ratings for the same pair of items come together, and are summed.
        pair = self._rated[left] * n_items + self._rated[right]
        order = np.argsort(pair, kind="stable")
        pair, product = pair[order], (self._taste[left] * self._taste[right])[order]
        starts = np.flatnonzero(np.diff(pair, prepend=-1))
        row, column = np.divmod(pair[starts], n_items)
        common = np.diff(starts, append=len(pair))
        product = np.add.reduceat(product, starts) if len(starts) else product
        length = np.sqrt(np.bincount(self._rated, self._taste**2))
        scale = length[row] * length[column]
        cosine = np.divide(product, scale, out=np.zeros(len(row)), where=scale > 0)
        self._similarity = cosine * common / (common + PAIR_DAMPING)
        self._neighbour = column
        # The neighbours of item i are those from _row[i] to _row[i + 1].
        self._row = np.searchsorted(row, np.arange(n_items + 1))

    def predict(self, user_id, item_id):
        user, item = self._users.get(user_id), self._items.get(item_id)
        if item is None:
            return float(self._mean if user is None else self._user_means[user])
        return float(self._scores(user)[item])

    def recommend(self, user_id, n):
        if n < 0:
            raise ValueError("n must not be negative")
        user = self._users.get(user_id)
        scores = self._scores(user)
        unrated = np.ones(len(scores), dtype=bool)
        if user is not None:
            unrated[self._rated[self._start[user] : self._start[user + 1]]] = False
        candidates = np.flatnonzero(unrated)
        best = candidates[np.argsort(-scores[candidates], kind="stable")[:n]]
        return [self._item_ids[i] for i in best]

    def _scores(self, user):
        """The predictions for all items."""
        if user is None:
            return self._item_means
        mine = slice(self._start[user], self._start[user + 1])
        rows = [slice(self._row[i], self._row[i + 1]) for i in self._rated[mine]]
        neighbours = np.concatenate([self._neighbour[row] for row in rows])
        similarity = np.concatenate([self._similarity[row] for row in rows])
        taste = np.repeat(self._taste[mine], [row.stop - row.start for row in rows])
        n_items = len(self._item_means)
        total = np.bincount(neighbours, np.abs(similarity), minlength=n_items)
        taste = np.bincount(neighbours, similarity * taste, minlength=n_items)
        taste = np.divide(taste, total, out=np.zeros(n_items), where=total > 0)
        scores = self._item_means + self._offsets[user] + taste
        return np.clip(scores, self._low, self._high)


def _as_list(values):
    """A list of Python's own values, so that no narrow integer overflows later on."""
    return values.tolist() if isinstance(values, np.ndarray) else list(values)


def _numbered(ids):
    """A number for each different id, in sorted order, and the numbers of the given ids."""
    different = sorted(set(ids), key=lambda one: (isinstance(one, str), one))
    numbers = {one: number for number, one in enumerate(different)}
    return numbers, np.array([numbers[one] for one in ids])
