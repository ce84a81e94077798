"""The means for newcomers are taken over all ratings, those that were overwritten among them.

verdict: wrong_answer
property: test_only_the_last_rating_of_a_pair_counts
"""

import math
from collections import defaultdict


def rank(one):
    return isinstance(one, str), one


def own(values):
    return values.tolist() if hasattr(values, "tolist") else list(values)


class Recommender:
    def fit(self, user_ids, item_ids, ratings):
        user_ids, item_ids, ratings = own(user_ids), own(item_ids), own(ratings)
        if len(user_ids) != len(item_ids) or len(item_ids) != len(ratings):
            raise ValueError("the lists differ in length")
        if len(ratings) == 0 or any(not math.isfinite(r) for r in ratings):
            raise ValueError("there must be ratings, and all of them finite")
        table = {}
        for user, item, rating in zip(user_ids, item_ids, ratings):
            table[user, item] = float(rating)
        self.by_user, self.by_item = {}, {}
        for user, item in sorted(table, key=lambda pair: (rank(pair[0]), rank(pair[1]))):
            self.by_user.setdefault(user, {})[item] = table[user, item]
            self.by_item.setdefault(item, {})[user] = table[user, item]
        self.low, self.high = min(table.values()), max(table.values())
        self.mean = math.fsum(table.values()) / len(table)
        self.item_mean = {i: math.fsum(r.values()) / len(r) for i, r in self.by_item.items()}
        self.from_user, self.from_item = defaultdict(list), defaultdict(list)
        for user, item, rating in zip(user_ids, item_ids, ratings):
            self.from_user[user].append(rating)
            self.from_item[item].append(rating)
        self.bias, self.taste, self.size = {}, {}, {}
        for user, rated in self.by_user.items():
            gaps = {item: rating - self.item_mean[item] for item, rating in rated.items()}
            self.bias[user] = math.fsum(gaps.values()) / (len(gaps) + 2)
            self.taste[user] = {item: gap - self.bias[user] for item, gap in gaps.items()}
            self.size[user] = math.sqrt(sum(gap * gap for gap in self.taste[user].values()))
        return self

    def _neighbours(self, user):
        """How alike every user is who shares an item with this one."""
        dot, common = defaultdict(float), defaultdict(int)
        for item, gap in self.taste[user].items():
            for other in self.by_item[item]:
                if other != user:
                    dot[other] += gap * self.taste[other][item]
                    common[other] += 1
        return {
            other: product / (self.size[user] * self.size[other]) * n / (n + 4)
            for other, n in common.items()
            if abs(product := dot[other]) > 1e-9 * max(1.0, self.high**2, self.low**2)
        }

    def _score(self, user, item, neighbours):
        top = bottom = 0.0
        for other in self.by_item[item]:
            if other in neighbours:
                top += neighbours[other] * self.taste[other][item]
                bottom += abs(neighbours[other])
        score = self.item_mean[item] + self.bias[user] + (top / bottom if bottom else 0.0)
        return min(max(score, self.low), self.high)

    def predict(self, user_id, item_id):
        if user_id in self.by_user and item_id in self.by_item:
            return self._score(user_id, item_id, self._neighbours(user_id))
        if item_id in self.by_item:
            return math.fsum(self.from_item[item_id]) / len(self.from_item[item_id])
        if user_id in self.by_user:
            return math.fsum(self.from_user[user_id]) / len(self.from_user[user_id])
        return self.mean

    def recommend(self, user_id, n):
        if n < 0:
            raise ValueError("n must be at least 0")
        if user_id not in self.by_user:
            scores = {item: self.predict(user_id, item) for item in self.by_item}
        else:
            neighbours = self._neighbours(user_id)
            scores = {
                item: self._score(user_id, item, neighbours)
                for item in self.by_item
                if item not in self.by_user[user_id]
            }
        return sorted(scores, key=scores.get, reverse=True)[:n]
