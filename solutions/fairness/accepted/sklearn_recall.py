"""scikit-learn's confusion matrix, one for each group's slice of the sorted rows in small tables.

Large ones are counted with NumPy: a call of scikit-learn takes a millisecond.

uses: sklearn.metrics scipy
"""

import numpy as np
from sklearn.metrics import confusion_matrix


def group_rates(y_true, y_pred, groups):
    if not len(y_true) == len(y_pred) == len(groups):
        raise ValueError("the arguments differ in length")
    for labels in (y_true, y_pred):
        if not np.isin(labels, (0, 1)).all():
            raise ValueError("labels must be 0 or 1")
    names, member = np.unique(groups, return_inverse=True)
    if len(names) < 2:
        raise ValueError("nothing to compare")
    truth, said = y_true.astype(int), y_pred.astype(int)
    if len(names) > 100:
        counts = np.bincount(4 * member + 2 * truth + said, minlength=4 * len(names))
        cells = counts.reshape(-1, 4)
    else:
        cells = np.array(
            [
                confusion_matrix(truth[member == j], said[member == j], labels=[0, 1]).ravel()
                for j in range(len(names))
            ]
        )
    tn, fp, fn, tp = cells.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.column_stack([(fp + tp) / (tn + fp + fn + tp), tp / (tp + fn), fp / (fp + tn)])


def fairness(y_true, y_pred, groups):
    rates = group_rates(y_true, y_pred, groups)

    def gap(column):
        known = rates[np.isfinite(rates[:, column]), column]
        return known.max() - known.min() if len(known) > 1 else np.nan

    highest = rates[:, 0].max()
    return {
        "demographic_parity_difference": float(gap(0)),
        "disparate_impact": float(rates[:, 0].min() / highest) if highest else np.nan,
        "equalised_odds_difference": float(np.fmax(gap(1), gap(2))),
    }
