"""Stacks both frames, sorts them by entity and time and fills the places of the features
forward within each entity.
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
    code = pd.factorize(pd.concat([events["entity"], features["entity"]]).to_numpy(object))[0]
    time = np.concatenate([nanoseconds(events), nanoseconds(features)])
    table = pd.DataFrame({"code": code, "time": time, "event": np.arange(len(code)) < n})
    table["place"] = np.arange(len(code)) - n
    table = table[(table["code"] >= 0) & (time != np.iinfo(np.int64).min)]
    table = table.sort_values(["code", "time", "event", "place"])
    table["found"] = table["place"].where(~table["event"]).groupby(table["code"]).ffill()
    hit = table[table["event"] & table["found"].notna()]
    found = hit["found"].to_numpy(dtype=np.int64)
    if max_age is not None:
        fresh = hit["time"].to_numpy() - time[n:][found] <= max_age.value
        hit, found = hit[fresh], found[fresh]
    place = np.full(n, -1)
    place[hit["place"].to_numpy() + n] = found
    return assemble(events, features, place)
