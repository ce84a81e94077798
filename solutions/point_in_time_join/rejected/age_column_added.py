"""Adds a column of the age; breaks "No other".

verdict: wrong_answer
property: test_the_answer_has_the_columns_of_both_frames_and_feature_time
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
    both = pd.concat([events["entity"], features["entity"]]).to_numpy(dtype=object)
    codes = pd.factorize(both)[0]
    time = np.concatenate([nanoseconds(events), nanoseconds(features)])
    nat = np.iinfo(np.int64).min
    moments, rank = np.unique(time, return_inverse=True)
    key = codes * len(moments) + rank
    usable = np.flatnonzero((codes[n:] >= 0) & (time[n:] != nat))
    usable = usable[np.argsort(key[n:][usable], kind="stable")]
    found = np.searchsorted(key[n:][usable], key[:n], side="right") - 1
    place = np.full(n, -1)
    some = found >= 0
    place[some] = usable[found[some]]
    good = (place >= 0) & (codes[:n] >= 0) & (time[:n] != nat)
    good &= codes[n:][place] == codes[:n] if len(features) else False
    if max_age is not None and len(features):
        good &= time[:n] - time[n:][place] <= max_age.value
    answer = assemble(events, features, np.where(good, place, -1))
    answer["age"] = answer["time"] - answer["feature_time"]
    return answer
