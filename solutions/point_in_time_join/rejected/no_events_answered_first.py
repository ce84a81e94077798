"""Answers for events without rows before it has looked at features or max_age; breaks "ValueError
when either frame lacks entity or time".

verdict: wrong_answer
property: test_frames_without_keys_and_a_negative_max_age_are_refused
"""

import numpy as np
import pandas as pd


def point_in_time_join(events, features, *, max_age=None):
    if events.empty and "entity" in events.columns and "time" in events.columns:
        names = [c for c in features.columns if c not in ("entity", "time")]
        return events.assign(
            **{c: features[c].iloc[:0].array for c in names},
            feature_time=pd.Series(dtype="M8[ns]").array,
        )
    if any(c not in f.columns for f in (events, features) for c in ("entity", "time")):
        raise ValueError("entity and time are required in both frames")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError("max_age must be >= 0")
    nf, ne = len(features), len(events)
    fe = features["entity"].to_numpy(dtype=object)
    ee = events["entity"].to_numpy(dtype=object)
    stack = pd.DataFrame(
        {
            "g": pd.factorize(np.concatenate([fe, ee]))[0],
            "t": np.concatenate(
                [
                    features["time"].to_numpy().astype("M8[ns]"),
                    events["time"].to_numpy().astype("M8[ns]"),
                ]
            ),
            "row": pd.array(list(range(nf)) + [None] * ne, dtype="Int64"),
        }
    )
    usable = stack[(stack["g"] != -1) & stack["t"].notna()]
    usable = usable.sort_values("t", kind="mergesort")
    filled = usable.groupby("g", sort=False)["row"].ffill()
    row = filled.reindex(range(nf, nf + ne)).astype("Int64").fillna(-1).to_numpy(dtype=np.int64)

    known = features.drop(columns="entity").reset_index(drop=True)
    known["time"] = known["time"].astype("datetime64[ns]")
    known = known.rename(columns={"time": "feature_time"})
    for name in known.columns:
        if pd.api.types.is_integer_dtype(known[name]):
            known[name] = known[name].astype("Int64")
        elif name != "feature_time" and not pd.api.types.is_float_dtype(known[name]):
            known[name] = known[name].astype("string")
    if max_age is not None and nf:

        def parts(
            times,
        ):  # whole days and the nanoseconds of the day, since 300 years overflow in ns
            days = times.astype("M8[D]")
            return days.view("i8"), (times - days.astype("M8[ns]")).view("i8")

        (d1, n1), (d0, n0) = (
            parts(events["time"].to_numpy().astype("M8[ns]")),
            parts(known["feature_time"].to_numpy()[row]),
        )
        days, ns = d1 - d0, n1 - n0
        days, ns = np.where(ns < 0, days - 1, days), np.where(ns < 0, ns + 86_400 * 10**9, ns)
        rest = (max_age - pd.Timedelta(max_age.days, "D")).as_unit("ns").value
        row = np.where((days < max_age.days) | ((days == max_age.days) & (ns <= rest)), row, -1)
    known = known.reindex(row).set_axis(events.index, axis=0)
    return pd.concat([known, events], axis=1)
