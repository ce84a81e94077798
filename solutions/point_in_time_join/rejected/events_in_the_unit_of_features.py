"""Cuts the times of events down to the unit of features, which makes rows younger than they are;
breaks "no row joins that is older than the event by more than max_age".

verdict: wrong_answer
property: test_a_row_older_than_max_age_does_not_join
"""

import numpy as np
import pandas as pd


def _check(events, features, max_age):
    for frame in (events, features):
        for column in ("entity", "time"):
            if column not in frame.columns:
                raise ValueError(f"no column {column}")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError("max_age must be at least 0")


def _codes(events, features):
    codes, _ = pd.factorize(pd.concat([events["entity"], features["entity"]], ignore_index=True))
    return codes[: len(events)], codes[len(events) :]


def _times(events, features):
    # in the unit of features: cutting the event's time down never lets a later row in
    unit = features["time"].dtype
    return events["time"].to_numpy().astype(unit), features["time"].to_numpy()


def _young(e_time, f_time, max_age):
    return e_time - f_time <= max_age.as_unit("ns").to_timedelta64()


def _latest(e_code, e_time, f_code, f_time):
    """For each event the number of the row of features that joins, or -1."""
    rows = np.flatnonzero((f_code >= 0) & ~np.isnat(f_time))
    rows = rows[np.lexsort((f_time[rows], f_code[rows]))]  # lexsort is stable
    instants = np.unique(f_time[rows])
    width = len(instants) + 1
    key = f_code[rows].astype(np.int64) * width + np.searchsorted(
        instants, f_time[rows], side="right"
    )
    wanted = e_code.astype(np.int64) * width + np.searchsorted(instants, e_time, side="right")
    at = np.searchsorted(key, wanted, side="right") - 1
    ok = (at >= 0) & (e_code >= 0) & ~np.isnat(e_time)
    joined = np.full(len(e_code), -1)
    joined[ok] = rows[at[ok]]
    ok[ok] = f_code[joined[ok]] == e_code[ok]
    joined[~ok] = -1
    return joined


def _answer(events, features, joined):
    values = features.drop(columns="entity").rename(columns={"time": "feature_time"})
    values = values.reset_index(drop=True).reindex(joined)
    values.index = events.index
    return pd.concat(
        [events.reset_index(drop=True), values.reset_index(drop=True)], axis=1
    ).set_axis(events.index)


def point_in_time_join(events, features, *, max_age=None):
    _check(events, features, max_age)
    e_code, f_code = _codes(events, features)
    e_time, f_time = _times(events, features)
    joined = _latest(e_code, e_time, f_code, f_time)
    if max_age is not None:
        found = np.flatnonzero(joined >= 0)
        young = _young(e_time[found], f_time[joined[found]], max_age)
        joined[found[~young]] = -1
    return _answer(events, features, joined)
