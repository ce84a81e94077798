"""Takes the confusion matrix and the averages from scikit-learn, and puts zero_division in place
of the NaN that scikit-learn gives for undefined values.

uses: sklearn scipy
"""

import numpy as np
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support


def classification_metrics(y_true, y_pred, *, labels=None, zero_division=0.0):
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    if len(y_true) != len(y_pred):
        raise ValueError("y_true and y_pred differ in length")
    if len(y_true) == 0:
        raise ValueError("no rows")
    seen = np.union1d(y_true, y_pred)
    if labels is None:
        labels = seen
    else:
        labels = np.asarray(labels)
        if len(set(labels.tolist())) < len(labels):
            raise ValueError("a label is repeated")
        if not set(seen.tolist()) <= set(labels.tolist()):
            raise ValueError("a class is not in labels")
    names = ("precision", "recall", "f1")
    each = precision_recall_fscore_support(y_true, y_pred, labels=labels, zero_division=np.nan)
    micro = precision_recall_fscore_support(
        y_true, y_pred, labels=labels, average="micro", zero_division=np.nan
    )
    report = {
        name: np.where(np.isnan(values), zero_division, values) for name, values in zip(names, each)
    }
    report["macro"] = {name: float(report[name].mean()) for name in names}
    report["micro"] = {name: float(value) for name, value in zip(names, micro)}
    report["macro"]["support"] = report["micro"]["support"] = len(y_true)
    report["labels"] = labels
    report["confusion"] = confusion_matrix(y_true, y_pred, labels=labels)
    return report
