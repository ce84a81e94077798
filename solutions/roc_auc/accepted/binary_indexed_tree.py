"""Plain Python with a binary indexed tree over the distinct scores, integer counts of twice the
pairs, and one exact division at the end.
"""

import math
from fractions import Fraction


def roc_auc(y_true, y_score):
    if len(y_true) != len(y_score):
        raise ValueError("different lengths")
    labels = [float(label) for label in y_true]
    scores = [float(score) for score in y_score]
    if set(labels) != {0.0, 1.0}:
        raise ValueError("need labels 0 and 1, and both of them")
    if any(math.isnan(score) or math.isinf(score) for score in scores):
        raise ValueError("scores must be finite")

    # numbers for the distinct scores, and a binary indexed tree of the negatives seen so far
    number = {score: i for i, score in enumerate(sorted(set(scores)), 1)}
    size = len(number)
    tree = [0] * (size + 1)

    def add(i):
        while i <= size:
            tree[i] += 1
            i += i & -i

    def count_up_to(i):
        total = 0
        while i > 0:
            total += tree[i]
            i -= i & -i
        return total

    n_neg = 0
    for label, score in zip(labels, scores):
        if label == 0.0:
            add(number[score])
            n_neg += 1
    double_wins = 0
    for label, score in zip(labels, scores):
        if label == 1.0:
            i = number[score]
            double_wins += count_up_to(i - 1) + count_up_to(i)
    n_pos = len(labels) - n_neg
    return float(Fraction(double_wins, 2 * n_pos * n_neg))
