"""Gives an entity without any row of features the latest row of all, so that no cell is missing.

verdict: wrong_answer
property: test_an_event_without_a_row_stays_with_its_features_missing
"""

import pandas as pd

KEYS = ["entity", "time"]


def point_in_time_join(events, features, *, max_age=None):
    for name, frame in (("events", events), ("features", features)):
        for key in KEYS:
            if key not in frame.columns:
                raise ValueError(f"{name} has no column {key!r}")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError(f"max_age must be at least 0, not {max_age}")

    left, right = _by_time(events, "event"), _by_time(features, "feature")
    known = left["entity"].isin(right["entity"])
    found = pd.concat(
        [
            pd.merge_asof(left[known], right, on="time", by="entity", tolerance=max_age),
            pd.merge_asof(left[~known], right.drop(columns="entity"), on="time", tolerance=max_age),
        ]
    ).set_index("event")["feature"]
    places = found.reindex(range(len(events))).fillna(-1).astype("int64")
    taken = features.reset_index(drop=True).reindex(places)

    joined = events.copy()
    for name in features.columns.drop(KEYS):
        joined[name] = taken[name].array
    joined["feature_time"] = taken["time"].array
    return joined


def _by_time(frame, name):
    keys = frame[KEYS].reset_index(drop=True)
    keys["time"] = keys["time"].astype("datetime64[ns]")
    keys[name] = range(len(keys))
    return keys.dropna().sort_values("time", kind="stable")
