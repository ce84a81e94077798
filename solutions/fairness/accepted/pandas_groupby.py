"""Three groupby means in pandas, where rows that do not count are masked as missing."""

import numpy as np
import pandas as pd


def check(y_true, y_pred, groups):
    if not len(y_true) == len(y_pred) == len(groups):
        raise ValueError("the lengths differ")
    for y in (y_true, y_pred):
        if not np.all((y == 0) | (y == 1)):
            raise ValueError("y_true and y_pred hold only 0 and 1")
    if len(np.unique(groups)) < 2:
        raise ValueError("at least two groups are needed")


def group_rates(y_true, y_pred, groups):
    check(y_true, y_pred, groups)
    pred = pd.Series(y_pred.astype(float))
    frame = pd.DataFrame(
        {
            "selection": pred,
            "tpr": pred.where(y_true == 1),
            "fpr": pred.where(y_true == 0),
        }
    )
    return frame.groupby(groups, sort=True).mean().to_numpy(dtype=np.float64)


def fairness(y_true, y_pred, groups):
    rates = pd.DataFrame(group_rates(y_true, y_pred, groups), columns=["selection", "tpr", "fpr"])
    spread = (rates.max() - rates.min()).where(rates.count() >= 2)
    lowest, highest = rates["selection"].min(), rates["selection"].max()
    return {
        "demographic_parity_difference": spread["selection"],
        "disparate_impact": lowest / highest if highest else np.nan,
        "equalised_odds_difference": spread[["tpr", "fpr"]].max(),
    }
