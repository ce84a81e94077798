"""Of equal times takes the row with the largest label in the index; breaks "Where several have that
time, it is the one farthest down in features."

verdict: wrong_answer
property: test_a_row_at_the_events_time_counts_and_the_one_farthest_down_wins
"""

import numpy as np
import pandas as pd


def point_in_time_join(events, features, *, max_age=None):
    if not {"entity", "time"} <= set(events.columns) or not {"entity", "time"} <= set(
        features.columns
    ):
        raise ValueError("both frames need entity and time")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError("max_age must not be negative")

    names = pd.Index(features["entity"].dropna().unique())
    left = pd.DataFrame(
        {
            "key": names.get_indexer(events["entity"]),
            "at": events["time"].to_numpy().astype("datetime64[ns]"),
            "event": np.arange(len(events)),
        }
    )
    right = pd.DataFrame(
        {
            "key": names.get_indexer(features["entity"]),
            "at": features["time"].to_numpy().astype("datetime64[ns]"),
            "row": np.arange(len(features)),
            "label": features.index,
        }
    )
    left = left[(left["key"] >= 0) & left["at"].notna()].sort_values("at", kind="stable")
    right = right[(right["key"] >= 0) & right["at"].notna()].sort_values(
        ["at", "label"], kind="stable"
    )
    right["known"] = right["at"]
    both = pd.merge_asof(left, right, on="at", by="key")
    hit = both["row"].notna()
    if max_age is not None:
        hit &= (both["at"] - both["known"]) <= max_age
    both = both[hit]

    take = np.full(len(events), -1)
    take[both["event"].to_numpy()] = both["row"].to_numpy().astype(np.int64)
    out = {c: events[c].array for c in events.columns}
    missing = take < 0
    for c in features.columns:
        if c == "entity":
            continue
        if len(features):
            column = (
                features[c]
                .reset_index(drop=True)
                .iloc[np.where(missing, 0, take)]
                .reset_index(drop=True)
            )
            column = column.mask(missing)
        else:
            column = features[c].reset_index(drop=True).reindex(range(len(events)))
        out["feature_time" if c == "time" else c] = column.array
    return pd.DataFrame(out, index=events.index)
