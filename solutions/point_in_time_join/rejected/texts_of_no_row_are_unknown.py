"""Fills the texts of an event to which nothing joins with "unknown", before it looks at the age and
at missing keys; breaks "stays, with all feature columns and feature_time missing".

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
    right["then"] = right["time"]
    found = pd.merge_asof(left, right, on="time", by="entity").set_index("event")
    alone = found.index[found["feature"].isna()]
    if max_age is not None:
        found = found[found["time"] - found["then"] <= max_age]
    places = found["feature"].reindex(range(len(events)))
    taken = features.reset_index(drop=True).reindex(places.fillna(-1).astype("int64"))

    joined = events.copy()
    for name in features.columns.drop(KEYS):
        column = taken[name].reset_index(drop=True)
        if pd.api.types.is_string_dtype(features[name].dtype):
            column[alone] = "unknown"
        joined[name] = column.array
    joined["feature_time"] = taken["time"].array
    return joined


def _by_time(frame, name):
    keys = frame[KEYS].reset_index(drop=True)
    keys["time"] = keys["time"].astype("datetime64[ns]")
    keys[name] = range(len(keys))
    return keys.dropna().sort_values("time", kind="stable")
