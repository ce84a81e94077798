"""Sorts frames by "time" as they come, which pandas refuses where the index is called so, too;
breaks "The rows are in any order, with any index".

verdict: runtime_error
property: test_the_events_stay_as_they_are_in_their_order_and_with_their_index
"""

import numpy as np
import pandas as pd


def point_in_time_join(events, features, *, max_age=None):
    for frame in (events, features):
        for column in ("entity", "time"):
            if column not in frame.columns:
                raise ValueError(f"no column {column}")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError("max_age must be at least 0")

    left = events.assign(_row_=np.arange(len(events)))
    right = features[features["entity"].notna() & features["time"].notna()].copy()
    left["time"] = left["time"].astype("datetime64[ns]")
    right["time"] = right["time"].astype("datetime64[ns]")
    right["feature_time"] = right["time"]
    usable = left["entity"].notna() & left["time"].notna()
    joined = pd.merge_asof(
        left[usable].sort_values("time"),
        right.sort_values("time", kind="stable"),
        on="time",
        by="entity",
        tolerance=max_age,
    )
    out = pd.concat([joined, left[~usable]]) if not usable.all() else joined
    for column in ("feature_time", *features.columns.drop(["entity", "time"])):
        if column not in out:
            out[column] = np.nan
    out = out.sort_values("_row_", kind="stable").drop(columns="_row_")
    out.index = events.index
    return out
