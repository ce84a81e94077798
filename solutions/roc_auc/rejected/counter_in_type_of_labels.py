"""Adds NumPy labels up one by one, so that the counter has their type and runs over in int8 and
uint8; breaks "y_true is ... of type bool, float64 or integer".

verdict: runtime_error
property: test_every_distinct_score_counts_among_many_rows
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
    n_pos = 0
    for label in labels:
        n_pos += label
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
        while end < len(rows) and rows[end][0] == rows[start][0]:
            pos_here += rows[end][1]
            end += 1
        neg_here = end - start - pos_here
        wins += pos_here * (neg_below + neg_here / 2)
        neg_below += neg_here
        start = end
    return wins / (n_pos * n_neg)
