"""Sorts (score, label) tuples, so that positives come after negatives of the same score and win
all ties; breaks "a pair with equal scores counts one half".

verdict: wrong_answer
property: test_a_tie_counts_one_half_in_any_order_of_the_rows
"""

import math


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
    for score, label in rows:
        if label == 1:
            wins += neg_below
        else:
            neg_below += 1
    return wins / (n_pos * n_neg)
