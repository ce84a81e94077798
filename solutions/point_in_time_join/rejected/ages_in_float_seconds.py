"""Compares ages in seconds as floats, where an age of years loses a nanosecond; breaks "no row
joins that is older than the event by more than max_age".

verdict: wrong_answer
property: test_a_row_older_than_max_age_does_not_join
"""

from bisect import bisect_right

import numpy as np
import pandas as pd

STEP = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}


def _ns(series):
    values = series.to_numpy()
    return (values.view("i8") * STEP[np.datetime_data(values.dtype)[0]]).tolist(), np.isnat(
        values
    ).tolist()


def point_in_time_join(events, features, *, max_age=None):
    for frame in [events, features]:
        for name in ["entity", "time"]:
            if name not in frame.columns:
                raise ValueError(f"no column {name}")
    oldest = None
    if max_age is not None:
        oldest = max_age // pd.Timedelta(1, unit="ns") if max_age.unit == "ns" else None
        if oldest is None:
            seconds = max_age.days * 86400 + max_age.seconds
            oldest = (seconds * 10**6 + max_age.microseconds) * 1000 + max_age.nanoseconds
        if oldest < 0:
            raise ValueError("max_age must be at least 0")

    times, no_time = _ns(features["time"])
    no_entity = features["entity"].isna().tolist()
    history = {}
    entities = features["entity"].tolist()
    for row in np.argsort(np.array(times, dtype=np.int64), kind="stable").tolist():
        if no_time[row] or no_entity[row]:
            continue
        known = history.get(entities[row])
        if known is None:
            known = history[entities[row]] = ([], [])
        known[0].append(times[row])
        known[1].append(row)

    when, nat = _ns(events["time"])
    take = []
    for entity, lost, t, unknown in zip(
        events["entity"].tolist(), events["entity"].isna().tolist(), when, nat
    ):
        row = -1
        if not lost and not unknown and entity in history:
            past, rows = history[entity]
            i = bisect_right(past, t) - 1
            if i >= 0 and (oldest is None or (t - past[i]) / 1e9 <= oldest / 1e9):
                row = rows[i]
        take.append(row)

    answer = events.copy()
    index = pd.Index(np.array(take, dtype=np.int64))
    for name in features.columns:
        if name != "entity":
            column = features[name].reset_index(drop=True).reindex(index)
            answer["feature_time" if name == "time" else name] = column.array
    return answer
