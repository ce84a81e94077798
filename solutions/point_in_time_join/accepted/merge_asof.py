"""Uses pd.merge_asof by entity on the usable rows, with a column of places that is then looked
up.
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

    def keys(frame):
        table = pd.DataFrame({"entity": frame["entity"].to_numpy()})
        table["time"] = frame["time"].to_numpy().astype("datetime64[ns]")
        table["place"] = np.arange(len(frame))
        return table.dropna(subset=["entity", "time"]).sort_values("time", kind="stable")

    left, right = keys(events), keys(features)
    place = np.full(len(events), -1)
    if len(left) and len(right):
        found = pd.merge_asof(
            left, right, on="time", by="entity", tolerance=max_age, suffixes=("", "_found")
        )
        place[found["place"].to_numpy()] = found["place_found"].fillna(-1).astype(int)
    return assemble(events, features, place)
