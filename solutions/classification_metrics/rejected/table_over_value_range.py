"""Numbers integer classes with a table from the smallest to the largest one, which has up to
2**32 entries; breaks "all ints (from -2**31 to 2**31 - 1, not necessarily 0, 1, 2, ...)".

verdict: memory_limit_exceeded
property: test_classes_are_any_integers_of_any_type
"""

import numpy as np


def divide(numerator, denominator, zero_division):
    result = np.full(len(numerator), float(zero_division))
    np.divide(numerator, denominator, out=result, where=denominator > 0)
    return result


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    if len(y_true) != len(y_pred):
        raise ValueError("y_true and y_pred differ in length")
    if len(y_true) == 0:
        raise ValueError("no rows")
    n = len(y_true)

    both = np.concatenate([y_true, y_pred])
    if both.dtype.kind in "iu":
        # much quicker than sorting
        both = both.astype(np.int64) - int(both.min())
        occurs = np.bincount(both) > 0
        classes = np.flatnonzero(occurs)
        codes = (np.cumsum(occurs) - 1)[both]
        classes = classes + int(min(y_true.min(), y_pred.min()))
    else:
        classes, codes = np.unique(both, return_inverse=True)
    if labels is None:
        names = classes
    else:
        names = np.asarray(labels)
        place = {name: i for i, name in enumerate(names.tolist())}
        if len(place) < len(names):
            raise ValueError("a label is repeated")
        if any(name not in place for name in classes.tolist()):
            raise ValueError("a class is not in labels")
        codes = np.array([place[name] for name in classes.tolist()])[codes]

    k = len(names)
    confusion = np.bincount(codes[:n] * k + codes[n:], minlength=k * k).reshape(k, k)
    tp = np.diag(confusion)
    fp = confusion.sum(axis=0) - tp
    fn = confusion.sum(axis=1) - tp

    precision = divide(tp, tp + fp, zero_division)
    recall = divide(tp, tp + fn, zero_division)
    f1 = divide(2 * tp, 2 * tp + fp + fn, zero_division)

    all_tp, all_fp, all_fn = tp.sum(), fp.sum(), fn.sum()
    macro = {
        "precision": float(precision.mean()),
        "recall": float(recall.mean()),
        "f1": float(f1.mean()),
    }
    micro = {
        "precision": float(all_tp / (all_tp + all_fp)),
        "recall": float(all_tp / (all_tp + all_fn)),
        "f1": float(2 * all_tp / (2 * all_tp + all_fp + all_fn)),
    }
    return {
        "labels": names.tolist(),
        "confusion": confusion,
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "macro": macro,
        "micro": micro,
    }
