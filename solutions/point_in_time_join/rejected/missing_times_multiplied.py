"""Counts all times in nanoseconds by multiplying the integers behind them; what stands for a missing
time becomes 0 by it, which is in 1970; breaks "A row of features whose entity or time is missing
joins nowhere".

verdict: wrong_answer
property: test_nothing_joins_where_an_entity_or_a_time_is_missing
"""

import numpy as np
import pandas as pd


def check(events, features, max_age):
    for frame in (events, features):
        if not {"entity", "time"} <= set(frame.columns):
            raise ValueError("entity or time is missing")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError("max_age is negative")


FACTOR = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}


def nanoseconds(frame):
    time = frame["time"].to_numpy()
    return time.view(np.int64) * FACTOR[np.datetime_data(time.dtype)[0]]


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
    return assemble(events, features, np.where(good, place, -1))
