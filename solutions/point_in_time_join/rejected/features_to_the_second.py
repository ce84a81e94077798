"""Keeps the times of features to the second only, in the right order, so that a row from the rest
of the event's second joins; breaks "a time not later than the event's".

verdict: wrong_answer
property: test_what_comes_after_an_event_has_no_say_in_its_features
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
    right["time"] = right["time"].dt.floor("s")
    found = pd.merge_asof(left, right, on="time", by="entity")
    if max_age is not None:
        found = found[found["time"] - found["then"] <= max_age]
    places = found.set_index("event")["feature"].reindex(range(len(events)))
    taken = features.reset_index(drop=True).reindex(places.fillna(-1).astype("int64"))

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
