"""Keeps its own numbers in a column row, and loses one of events that is called so; breaks "The
answer has the columns of events, with their values".

verdict: wrong_answer
property: test_the_events_stay_as_they_are_in_their_order_and_with_their_index
"""

import numpy as np
import pandas as pd


def point_in_time_join(events, features, *, max_age=None):
    for frame in (events, features):
        if "entity" not in frame.columns or "time" not in frame.columns:
            raise ValueError("entity and time are needed")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError("max_age must not be negative")
    left = events.reset_index(drop=True)
    left["time"] = left["time"].astype("datetime64[ns]")
    left["row"] = np.arange(len(left))
    right = features.reset_index(drop=True)
    right["time"] = right["time"].astype("datetime64[ns]")
    right["feature_time"] = right["time"]
    right = right.dropna(subset=["entity", "time"]).sort_values("time", kind="stable")
    whole = left.dropna(subset=["entity", "time"]).sort_values("time", kind="stable")
    joined = pd.merge_asof(whole, right, on="time", by="entity")
    if max_age is not None:
        age = (
            joined["time"].to_numpy().view("i8") - joined["feature_time"].to_numpy().view("i8")
        ).view("u8")
        limit = (
            (max_age.days * 86400 + max_age.seconds) * 10**6 + max_age.microseconds
        ) * 1000 + max_age.nanoseconds
        old = joined["feature_time"].notna().to_numpy() & (age > np.uint64(min(limit, 2**64 - 1)))
        new = [c for c in right.columns if c not in ("entity", "time")]
        for name in new:
            joined[name] = joined[name].mask(old)
    rest = left[left["entity"].isna() | left["time"].isna()]
    answer = pd.concat([joined, rest]).sort_values("row").drop(columns="row")
    answer["feature_time"] = answer["feature_time"].astype("datetime64[ns]")
    answer.index = events.index
    return answer
