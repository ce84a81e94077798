"""Writes times in nanoseconds back into the frames of the caller where their units differ; breaks
"The arguments are left unchanged".

verdict: wrong_answer
property: test_frames_stay_as_they_are_and_calls_do_not_depend_on_each_other
"""

import numpy as np
import pandas as pd


def point_in_time_join(events, features, *, max_age=None):
    for frame in (events, features):
        if "entity" not in frame.columns or "time" not in frame.columns:
            raise ValueError("entity and time are needed")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError("max_age must not be negative")

    n = len(events)
    codes, _ = pd.factorize(pd.concat([events["entity"], features["entity"]], ignore_index=True))
    if events["time"].dtype != features["time"].dtype:
        events["time"] = events["time"].astype("datetime64[ns]")
        features["time"] = features["time"].astype("datetime64[ns]")
    e_time = events["time"].to_numpy().astype("datetime64[ns]")
    f_time = features["time"].to_numpy().astype("datetime64[ns]")

    left = pd.DataFrame({"code": codes[:n], "when": e_time, "e": np.arange(n)})
    right = pd.DataFrame({"code": codes[n:], "when": f_time, "f": np.arange(len(features))})
    left = left[(left["code"] >= 0) & left["when"].notna()].sort_values("when", kind="stable")
    right = right[(right["code"] >= 0) & right["when"].notna()].sort_values("when", kind="stable")
    joined = pd.merge_asof(left, right, on="when", by="code")

    found = np.full(n, -1)
    hit = joined[joined["f"].notna()]
    found[hit["e"].to_numpy()] = hit["f"].to_numpy().astype(np.int64)
    if max_age is not None and len(features):
        # ages may wrap in int64, but are right as uint64
        age = (e_time.view("i8") - f_time[found].view("i8")).view("u8")
        limit = (
            (max_age.days * 86400 + max_age.seconds) * 10**6 + max_age.microseconds
        ) * 1000 + max_age.nanoseconds
        found[(found >= 0) & (age > np.uint64(min(limit, 2**64 - 1)))] = -1

    values = features.drop(columns="entity").rename(columns={"time": "feature_time"})
    values = values.reset_index(drop=True).reindex(found)
    values.index = events.index
    return pd.concat([events, values], axis=1)
