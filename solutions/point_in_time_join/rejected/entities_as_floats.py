"""Makes floats of integer entities, so that neighbours above 2**53 fall together; breaks "the rows
of features with the event's entity".

verdict: wrong_answer
property: test_the_latest_row_that_is_not_later_than_the_event_joins
"""

import numpy as np
import pandas as pd


def point_in_time_join(events, features, *, max_age=None):
    need = {"entity", "time"}
    if not need <= set(events.columns) or not need <= set(features.columns):
        raise ValueError("both frames need entity and time")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError("negative max_age")
    ne, nf = len(events), len(features)
    entity = pd.concat([features["entity"], events["entity"]], ignore_index=True)
    if pd.api.types.is_numeric_dtype(entity):
        entity = entity.astype(float)  # one dtype, also when one side has NaN
    code = pd.factorize(entity)[0]
    when = np.concatenate(
        [features["time"].to_numpy().astype("M8[ns]"), events["time"].to_numpy().astype("M8[ns]")]
    )
    ok = (code >= 0) & ~np.isnat(when)
    is_event = np.arange(nf + ne) >= nf
    rows = np.flatnonzero(ok)
    # by entity, time, features first, position (rows is ascending and features come first, lexsort is stable)
    rows = rows[np.lexsort((when[rows].view("i8"), code[rows]))]
    c = code[rows]
    last = (
        np.maximum.accumulate(np.where(is_event[rows], -1, np.arange(len(rows))))
        if len(rows)
        else rows
    )
    pick = np.full(ne, -1, dtype=np.int64)
    at = np.flatnonzero(is_event[rows] & (last >= 0))
    at = at[c[last[at]] == c[at]]
    pick[rows[at] - nf] = rows[last[at]]
    if max_age is not None:
        has = np.flatnonzero(pick >= 0)
        # Python ints: 300 years of nanoseconds overflow int64
        age = when[nf + has].view("i8").astype(object) - when[pick[has]].view("i8").astype(object)
        # exact in Python ints: days, seconds, microseconds and nanoseconds
        limit = (
            (max_age.days * 86400 + max_age.seconds) * 10**6 + max_age.microseconds
        ) * 1000 + max_age.nanoseconds
        pick[has[np.array(age > limit, dtype=bool)]] = -1

    out = events.copy()
    missing = pick < 0
    for name in features.columns:
        if name == "entity":
            continue
        column = features[name].reset_index(drop=True)
        taken = column.reindex(pd.Index(np.where(missing, -1, pick)))
        taken.index = out.index
        out["feature_time" if name == "time" else name] = taken.array
    return out
