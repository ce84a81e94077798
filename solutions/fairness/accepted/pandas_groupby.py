"""pandas: means by group, of predictions that are missing where a row does not count."""

import numpy as np
import pandas as pd


def group_rates(y_true, y_pred, groups):
    if not (len(y_true) == len(y_pred) == len(groups)):
        raise ValueError("different lengths")
    if not np.isin(y_true, [0, 1]).all() or not np.isin(y_pred, [0, 1]).all():
        raise ValueError("only 0 and 1 are labels")
    said = pd.Series(y_pred).astype(float)
    frame = pd.DataFrame(
        {
            "selected": said,
            "positives": said.where(y_true == 1),
            "negatives": said.where(y_true == 0),
        }
    )
    means = frame.groupby(groups, sort=True).mean()
    if len(means) < 2:
        raise ValueError("only one group")
    return means.to_numpy(dtype=float)


def fairness(y_true, y_pred, groups):
    rates = pd.DataFrame(group_rates(y_true, y_pred, groups))
    gaps = (rates.max() - rates.min()).where(rates.count() >= 2)
    highest = rates[0].max()
    return {
        "demographic_parity_difference": gaps[0],
        "disparate_impact": rates[0].min() / highest if highest else np.nan,
        "equalised_odds_difference": gaps[[1, 2]].max(),
    }
