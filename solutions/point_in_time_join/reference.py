"""merge_asof finds the row numbers; the features are then taken by these, missing where none is."""

import pandas as pd

KEYS = ["entity", "time"]


def point_in_time_join(events, features, *, max_age=None):
    for frame in (events, features):
        for key in KEYS:
            if key not in frame.columns:
                raise ValueError(f"a frame has no column {key!r}, only {list(frame.columns)}")

    # A tolerance below zero is refused by merge_asof, with a ValueError.
    found = pd.merge_asof(
        _by_time(events, "event"),
        _by_time(features, "feature"),
        on="time",
        by="entity",
        tolerance=max_age,
    ).set_index("event")["feature"]
    # By event, in the order of events: NaN where none is found, for which all is missing.
    places = found.reindex(range(len(events)))
    taken = features.set_axis(range(len(features))).reindex(places)

    joined = events.copy()
    for name in features.columns.drop(KEYS):
        joined[name] = taken[name].array
    joined["feature_time"] = taken["time"].array
    return joined


def _by_time(frame, name):
    """The keys and row numbers of rows that have both keys, in order of time.

    Stable, so that of rows with equal times the last is the one farthest down; and all in
    nanoseconds, since merge_asof wants one unit, and a coarser one would round into the past.
    """
    # Without the index, which may be called like a column.
    keys = frame[KEYS].reset_index(drop=True).astype({"time": "datetime64[ns]"})
    keys[name] = range(len(keys))
    return keys.dropna().sort_values("time", kind="stable")
