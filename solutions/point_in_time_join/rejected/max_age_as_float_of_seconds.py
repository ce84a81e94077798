"""Counts the nanoseconds of max_age from its seconds as a float, which makes some ages a nanosecond
shorter; breaks "one that is older by exactly max_age may."

verdict: wrong_answer
property: test_a_row_older_than_max_age_does_not_join
"""

import numpy as np
import pandas as pd


def _check(events, features, max_age):
    for frame in (events, features):
        if "entity" not in frame.columns or "time" not in frame.columns:
            raise ValueError("entity and time are needed")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError("max_age is negative")


def _ns(column):
    return column.to_numpy().astype("datetime64[ns]").astype(np.int64)


def point_in_time_join(events, features, *, max_age=None):
    _check(events, features, max_age)
    n = len(events)
    codes, _ = pd.factorize(pd.concat([events["entity"], features["entity"]], ignore_index=True))
    e_code, f_code = codes[:n], codes[n:]
    e_time, f_time = _ns(events["time"]), _ns(features["time"])
    e_ok = (e_code >= 0) & events["time"].notna().to_numpy()
    f_ok = (f_code >= 0) & features["time"].notna().to_numpy()

    # all rows in one line: by entity, by time, features before events, farther down later
    rows = np.flatnonzero(f_ok)
    asks = np.flatnonzero(e_ok)
    code = np.concatenate([f_code[rows], e_code[asks]])
    time = np.concatenate([f_time[rows], e_time[asks]])
    is_event = np.concatenate([np.zeros(len(rows), bool), np.ones(len(asks), bool)])
    order = np.lexsort((is_event, time, code))
    place = np.where(is_event[order], -1, np.arange(len(order)))
    last = np.maximum.accumulate(place) if len(place) else place
    at = np.flatnonzero(is_event[order])
    event = asks[order[at] - len(rows)]
    found = last[at]
    has = found >= 0
    row = np.full(len(at), -1, dtype=np.int64)
    row[has] = rows[order[found[has]]]
    has &= f_code[row] == e_code[event] if len(f_code) else False
    if max_age is not None:
        old = np.zeros(len(at), dtype=bool)
        old[has] = e_time[event[has]] - f_time[row[has]] > int(max_age.total_seconds() * 1e9)
        has &= ~old
    match = np.full(n, -1, dtype=np.int64)
    match[event[has]] = row[has]

    names = [c for c in features.columns if c not in ("entity", "time")]
    joined = features[names + ["time"]].rename(columns={"time": "feature_time"})
    joined = joined.reset_index(drop=True).reindex(match)
    joined.index = events.index
    return pd.concat([events, joined], axis=1)
