"""Sorts events and features together by time, features first, and walks over them once with a
dictionary of the latest row of each entity.
"""

import numpy as np
import pandas as pd


def check(events, features, max_age):
    for frame in (events, features):
        if not {"entity", "time"} <= set(frame.columns):
            raise ValueError("entity or time is missing")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError("max_age is negative")


def nanoseconds(frame):
    return frame["time"].to_numpy().astype("datetime64[ns]").astype(np.int64)


def assemble(events, features, place):
    """Return events beside the rows of features at the places given, -1 for none."""
    rows = features.reset_index(drop=True).drop(columns="entity")
    joined = rows.rename(columns={"time": "feature_time"}).reindex(place)
    joined.index = events.index
    return pd.concat([events, joined], axis=1)


def point_in_time_join(events, features, *, max_age=None):
    check(events, features, max_age)
    n = len(events)
    time = np.concatenate([nanoseconds(events), nanoseconds(features)])
    is_event = np.arange(len(time)) < n
    order = np.lexsort([np.arange(len(time)), is_event, time]).tolist()
    entity = events["entity"].tolist() + features["entity"].tolist()
    missing = np.concatenate(
        [(frame["entity"].isna() | frame["time"].isna()).to_numpy() for frame in (events, features)]
    ).tolist()
    limit = None if max_age is None else max_age.value
    clock = time.tolist()
    latest, place = {}, [-1] * n
    for row in order:
        if missing[row]:
            continue
        if row >= n:
            latest[entity[row]] = row
        else:
            last = latest.get(entity[row], -1)
            if last >= 0 and (limit is None or clock[row] - clock[last] <= limit):
                place[row] = last - n
    return assemble(events, features, place)
