"""Asks for the sign of max_age after it has been rounded to microseconds, where -1 ns is 0; breaks
"when max_age is less than 0".

verdict: wrong_answer
property: test_frames_without_keys_and_a_negative_max_age_are_refused
"""

import numpy as np
import pandas as pd


def _check(frame, what):
    missing = [c for c in ("entity", "time") if c not in frame]
    if missing:
        raise ValueError(f"{what} lacks {missing}")


def point_in_time_join(events, features, *, max_age=None):
    _check(events, "events")
    _check(features, "features")
    if max_age is not None and max_age.to_pytimedelta().total_seconds() < 0:
        raise ValueError("max_age < 0")

    et = events["time"].to_numpy().astype("datetime64[ns]")
    ft = features["time"].to_numpy().astype("datetime64[ns]")
    good = np.flatnonzero((features["entity"].notna() & features["time"].notna()).to_numpy())
    entities = pd.Index(features["entity"].iloc[good].unique())
    fcode = entities.get_indexer(features["entity"].iloc[good])
    ecode = entities.get_indexer(events["entity"])
    ecode = np.where(events["entity"].notna().to_numpy() & ~np.isnat(et), ecode, -1)

    times = np.unique(ft[good])
    m = len(times) + 1
    fkey = fcode.astype(np.int64) * m + np.searchsorted(times, ft[good]) + 1
    ekey = ecode.astype(np.int64) * m + np.searchsorted(times, et, side="right")
    by_key = np.argsort(fkey, kind="stable")
    at = np.searchsorted(fkey[by_key], ekey, side="right") - 1

    pos = np.full(len(events), -1, dtype=np.int64)
    can = np.flatnonzero((at >= 0) & (ecode >= 0))
    rows = by_key[at[can]]
    same = fcode[rows] == ecode[can]
    pos[can[same]] = good[rows[same]]

    if max_age is not None:
        has = np.flatnonzero(pos >= 0)
        new_us, old_us = (
            et[has].astype("M8[us]"),
            ft[pos[has]].astype("M8[us]"),
        )  # floor; no overflow in us
        whole = (new_us - old_us).view("i8")
        rest = (et[has] - new_us.astype("M8[ns]")).view("i8") - (
            ft[pos[has]] - old_us.astype("M8[ns]")
        ).view("i8")
        whole, rest = whole + rest // 1000, rest % 1000
        limit_us = (max_age.days * 86400 + max_age.seconds) * 10**6 + max_age.microseconds
        limit_us = min(limit_us, 2**62)
        pos[has[(whole > limit_us) | ((whole == limit_us) & (rest > max_age.nanoseconds))]] = -1

    new = (
        features.drop(columns=["entity"])
        .rename(columns={"time": "feature_time"})
        .reset_index(drop=True)
    )
    new = new.reindex(pos)
    return events.assign(**{str(name): new[name].array for name in new.columns})
