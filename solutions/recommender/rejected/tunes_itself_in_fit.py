"""Chooses the damping by cross-validation in each fit, on 20,000 ratings at most.

verdict: time_limit_exceeded
property: test_fit_takes_at_most_5_times_as_long_as_visiting_pairs_of_items
"""

import math
import sys

import numpy as np

TINY = sys.float_info.min
DAMPINGS = 0.0, 2.0
FOLDS = 5
ENOUGH = 20_000


class Recommender:
    def fit(self, user_ids, item_ids, ratings):
        if not len(user_ids) == len(item_ids) == len(ratings):
            raise ValueError("user_ids, item_ids and ratings differ in length")
        if len(ratings) == 0:
            raise ValueError("there are no ratings")
        if not all(map(math.isfinite, ratings)):
            raise ValueError("ratings must not hold NaN or infinity")

        # A later rating of the same pair overwrites the earlier one. Dicts keep 1 and "1" apart
        # and treat 1 and np.int64(1) alike, which no array of mixed ids would.
        last = dict(zip(zip(user_ids, item_ids), ratings))
        rating = np.array([float(value) for value in last.values()])

        # Everything below depends on the sorted ratings alone, so not on their order.
        self._users, user = _numbered([user for user, _ in last])
        self._items, item = _numbered([item for _, item in last])
        order = np.lexsort((item, user))
        self._item_ids = list(self._items)
        user, self._rated, rating = user[order], item[order], rating[order]

        self._damping = self._tuned(user[:ENOUGH], self._rated[:ENOUGH], rating[:ENOUGH])
        self._learn(user, rating)
        return self

    def _tuned(self, user, rated, rating):
        """The damping with the smallest error on ratings that were left out."""
        errors = np.zeros(len(DAMPINGS))
        fold = np.arange(len(rating)) % FOLDS
        for left_out in range(FOLDS):
            kept = fold != left_out
            # Of these, only users and items that are kept as well can be predicted.
            known = np.isin(user, user[kept]) & np.isin(rated, rated[kept]) & ~kept
            if not known.any():
                continue
            model = Recommender()
            owners, owner = np.unique(user[kept], return_inverse=True)
            things, model._rated = np.unique(rated[kept], return_inverse=True)
            model._items = things
            model._learn(owner, rating[kept])
            for k, damping in enumerate(DAMPINGS):
                model._damping = damping
                for one in np.unique(user[known]):
                    here = known & (user == one)
                    scores = model._scores(np.searchsorted(owners, one))
                    guess = scores[np.searchsorted(things, rated[here])]
                    errors[k] += ((guess - rating[here]) ** 2).sum()
        # Errors that are equal but for rounding must not decide.
        return DAMPINGS[int(np.argmax(errors <= errors.min() * (1 + 1e-9) + 1e-18))]

    def _learn(self, user, rating):
        self._low, self._high = rating.min(), rating.max()
        self._mean = rating.mean()
        self._user_means = np.bincount(user, rating) / np.bincount(user)
        self._item_means = np.bincount(self._rated, rating) / np.bincount(self._rated)
        # What is left of a rating when the item is accounted for is taste.
        self._taste = rating - self._item_means[self._rated]
        # What should be zero but for rounding must not become a direction.
        self._taste[np.abs(self._taste) < 1e-9 * np.abs(rating).max()] = 0
        # The ratings of user u are those from _start[u] to _start[u + 1].
        self._start = _starts(user)
        self._find_neighbours(user)

    def _find_neighbours(self, user):
        """Store the similarities of all items that share a user, row by row."""
        # All pairs of ratings by the same user. There are sum(per_user ** 2) of them, far fewer
        # than pairs of items. They tell of each item itself as well: the sum is its square length.
        n_items = len(self._items)
        per_rating = np.diff(self._start)[user]
        left = np.repeat(np.arange(len(user)), per_rating)
        first = np.cumsum(per_rating) - per_rating
        right = np.arange(len(left)) - np.repeat(first - self._start[user], per_rating)

        # Products that belong to the same pair of items are summed.
        pairs, at = np.unique(self._rated[left] * n_items + self._rated[right], return_inverse=True)
        product = np.bincount(at, self._taste[left] * self._taste[right])
        row, self._neighbour = np.divmod(pairs, n_items)
        length = np.sqrt(product[row == self._neighbour])
        # The lengths are those of whole items: few users in common make two of them little alike.
        # An item of which all think the same has the length 0, and its products are 0, too.
        self._similarity = product / np.maximum(length[row] * length[self._neighbour], TINY)
        # The neighbours of item i are those from _row[i] to _row[i + 1].
        self._row = _starts(row)

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
        rated = [] if user is None else self._rated[self._start[user] : self._start[user + 1]]
        candidates = np.setdiff1d(np.arange(len(scores)), rated)
        best = candidates[np.argsort(-scores[candidates])[:n]]
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
        scores = self._item_means + taste / np.maximum(total + self._damping, TINY)
        return np.clip(scores, self._low, self._high)


def _starts(numbers):
    """Where each of the numbers 0, 1, ... begins in this sorted array, and where the last ends."""
    return np.concatenate([[0], np.cumsum(np.bincount(numbers))])


def _numbered(ids):
    """A number for each different id, in sorted order, and the numbers of the given ids."""
    different = sorted(set(ids), key=lambda one: (isinstance(one, str), one))
    numbers = {one: number for number, one in enumerate(different)}
    return numbers, np.array([numbers[one] for one in ids])
