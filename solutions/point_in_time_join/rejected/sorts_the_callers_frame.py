"""Sorts features in place, and the caller's frame with it.

verdict: wrong_answer
property: test_frames_stay_as_they_are_and_calls_do_not_depend_on_each_other
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

    # The index may be called like a column, which pandas does not sort by then.
    name, features.index.name = features.index.name, None
    features.sort_values("time", kind="stable", inplace=True)
    features.index.name = name
    found = pd.merge_asof(
        _by_time(events, "event"),
        _by_time(features, "feature"),
        on="time",
        by="entity",
        tolerance=max_age,
    ).set_index("event")["feature"]
    # By event, in the order of events; -1 is in no index, so that all is missing there.
    places = found.reindex(range(len(events))).fillna(-1).astype("int64")
    taken = features.reset_index(drop=True).reindex(places)

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
    keys = frame[KEYS].reset_index(drop=True)
    keys["time"] = keys["time"].astype("datetime64[ns]")
    keys[name] = range(len(keys))
    return keys.dropna().sort_values("time", kind="stable")
