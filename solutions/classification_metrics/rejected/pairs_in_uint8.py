"""Numbers the pairs of classes in uint8, which wraps around from 17 classes on; breaks "in row i
and column j, the number of rows with true class labels[i] and predicted class labels[j]".

verdict: wrong_answer
property: test_the_confusion_matrix_has_a_row_for_each_true_class
"""

import numpy as np

KEYS = ["precision", "recall", "f1"]


def _scores(tp, pred, true, zd):
    tp, pred, true = (np.asarray(v, dtype=float) for v in (tp, pred, true))
    result = []
    for a, b in [(tp, pred), (tp, true), (2 * tp, pred + true)]:
        empty = b == 0
        result.append(np.where(empty, zd, a / np.where(empty, 1.0, b)))
    return result


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    m = len(y_true)
    if m == 0 or m != len(y_pred):
        raise ValueError("length")
    pieces = [np.asarray(y_true), np.asarray(y_pred)]
    if labels is not None:
        pieces.append(np.asarray(labels))
    universe, code = np.unique(np.concatenate(pieces), return_inverse=True)
    code = code.ravel()
    a, b, wanted = code[:m], code[m : 2 * m], code[2 * m :]
    if labels is None:
        wanted = np.arange(len(universe))
    elif len(np.unique(wanted)) != len(wanted):
        raise ValueError("labels repeat")
    if len(wanted) != len(universe):
        raise ValueError("class without label")
    rank = np.empty(len(universe), dtype=np.intp)
    rank[wanted] = np.arange(len(wanted))
    k = len(wanted)
    confusion = np.zeros((k, k), dtype=np.uint16)  # at most 20,000 rows
    rank = rank.astype(np.uint8 if k < 256 else np.int64)
    confusion += np.bincount(rank[a] * k + rank[b], minlength=k * k).reshape(k, k).astype(np.uint16)
    tp, pred, true = confusion.diagonal(), confusion.sum(0), confusion.sum(1)
    per = _scores(tp, pred, true, zero_division)
    tot = _scores(tp.sum(), pred.sum(), true.sum(), zero_division)
    out = dict(zip(KEYS, per))
    out["labels"] = universe[wanted]
    out["confusion"] = confusion
    out["macro"] = {key: np.mean(v) for key, v in zip(KEYS, per)}
    out["micro"] = {key: np.float64(v) for key, v in zip(KEYS, tot)}
    return out
