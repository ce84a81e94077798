"""Takes scores for equal that differ by no more than the epsilon of a float, relatively; breaks "Two
scores are equal only if they are the very same number".

verdict: wrong_answer
property: test_the_smallest_difference_decides_a_pair
"""

import math
import sys


def roc_auc(y_true, y_score):
    labels = list(y_true)
    scores = [float(score) for score in y_score]
    if len(labels) != len(scores):
        raise ValueError("different lengths")
    if any(label != 0 and label != 1 for label in labels):
        raise ValueError("labels must be 0 or 1")
    if not all(math.isfinite(score) for score in scores):
        raise ValueError("scores must be finite")
    labels = [int(label) for label in labels]
    n_pos = sum(labels)
    n_neg = len(labels) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("no pairs")

    rows = sorted(zip(scores, labels))
    wins = 0.0
    neg_below = 0
    start = 0
    while start < len(rows):
        end = start
        pos_here = 0
        while end < len(rows) and math.isclose(
            rows[end][0], rows[start][0], rel_tol=sys.float_info.epsilon
        ):
            pos_here += rows[end][1]
            end += 1
        neg_here = end - start - pos_here
        wins += pos_here * (neg_below + neg_here / 2)
        neg_below += neg_here
        start = end
    return wins / (n_pos * n_neg)
